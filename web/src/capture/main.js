// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's page: puts the parts together and shows the screen that is due.
import { createAloud } from '../core/aloud.js';
import { createApi } from '../core/api.js';
import { confirmDialog, openDialog } from '../core/dialog.js';
import { focusScreen } from '../core/focus.js';
import { createI18n } from '../core/i18n.js';
import { openKeep } from '../core/keep.js';
import { createToaster } from '../core/toast.js';
import { readHash, screenFor } from './flow.js';
import { openHelp } from './help.js';
import { createLanguageTiles } from './language_screen.js';
import { createLoaded } from './loaded.js';
import { createOutbox } from './outbox.js';
import { createScreen } from './screens.js';
import { createSeat } from './seat.js';

const watchMs = 30000;

/** Takes the invitation out of the address bar before anything else happens. */
function takeHash() {
  const found = readHash(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return found;
}

async function start() {
  const hash = takeHash();
  const keep = await openKeep('repere-capture');
  const token = () => seat.store.get()?.token ?? null;
  const api = createApi({ token, onUnauthorised: placeEnded });
  const i18n = createI18n({ api });
  const toaster = createToaster();
  const aloud = createAloud({ i18n });
  const outbox = createOutbox({
    api,
    keep,
    token,
    onSent: (item, reply) => item.token === token() && loaded.marks?.sent(item, reply),
    onRefused,
    onChange: () => loaded.marks?.show(),
    onOtherTab: () => loaded.marks?.reload(),
  });
  const loaded = createLoaded({ api, i18n, outbox });
  const seat = createSeat({
    api,
    keep,
    async onLeave({ token: hers, session }) {
      await outbox.forgetRefused(hers);
      await outbox.add({ kind: 'leave', token: hers, session, uuid: '' });
    },
  });
  /** @type {import("./seat.js").Invitation | null} */
  let invitation = null;
  /** @type {string | null} */
  let language = null;
  let ended = false;
  let shown = '';
  /** @type {import("../core/dom.js").Widget | null} */
  let screen = null;

  /** @type {import("./page.js").App} */
  const app = {
    api,
    i18n,
    toaster,
    aloud,
    seat,
    outbox,
    memory: { view: null },
    package: () => loaded.package,
    marks: () => loaded.marks,
    help: () => openHelp({ i18n, contacts: loaded.package?.session.help_contacts ?? [] }),
    chooseLanguage,
    setLanguage,
    load,
    takeInvitation() {
      const taken = invitation;
      invitation = null;
      return taken;
    },
    go(name) {
      ended = false;
      if (name === 'due') showDue(true);
      else show(name);
    },
    async leave(next) {
      invitation = next === true ? seat.invitation : next || null;
      wipe();
      language = null;
      await seat.leave();
    },
  };

  /** @param {import("./screens.js").ScreenName} name */
  function show(name) {
    screen?.destroy();
    const next = createScreen(name, app);
    toaster.clear();
    [shown, screen] = [name, next];
    document.body.dataset.screen = name;
    document.body.prepend(next.element);
    focusScreen(next.element);
  }
  /** @param {boolean} [anew] even when it is the one already shown */
  function showDue(anew = false) {
    const ready = loaded.package !== null;
    const groups = (loaded.package?.session.groups ?? []).length > 0;
    const due = ended ? 'removed' : screenFor({ language, seat: seat.store.get(), loaded: ready, groups });
    if (due !== shown || anew) show(due);
  }
  async function load() {
    const place = seat.store.get();
    if (!place) return;
    await loaded.load(place);
    showDue();
  }
  function wipe() {
    loaded.clear();
    ended = false;
    app.memory.view = null;
    document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  }
  /** The server no longer knows her place. */
  function placeEnded() {
    const place = seat.store.get();
    if (!place) return;
    wipe();
    ended = true;
    outbox.forgetRefused(place.token);
    seat.forget();
  }
  /** @param {import("./outbox.js").Item} item */
  function onRefused(item) {
    if (item.problem?.code === 'NOT_SIGNED_IN') return placeEnded();
    if (item.problem?.code === 'SESSION_CLOSED') loaded.sessionClosed();
    toaster.show({ text: i18n.t('outbox.refused', { count: 1 }), tone: 'bad', icon: 'warning' });
  }
  /** @param {string} code */
  async function setLanguage(code) {
    try {
      await i18n.setLanguage(code);
    } catch {
      toaster.show({ text: i18n.t('common.offline'), tone: 'bad', icon: 'warning' });
      return;
    }
    language = code;
    await seat.setLanguage(code);
    showDue(true);
  }
  async function chooseLanguage() {
    const closing = new AbortController();
    const offered = i18n.offered.map((l) => l.code);
    const tiles = createLanguageTiles({
      i18n,
      codes: [...new Set([...(loaded.package?.session.languages ?? []), ...offered])],
      present: i18n.language.get(),
      onChoose(code) {
        closing.abort();
        setLanguage(code);
      },
    });
    const [title, closeLabel] = [i18n.t('language.title'), i18n.t('common.close')];
    await openDialog({ title, icon: 'globe', body: [tiles], closeLabel, signal: closing.signal });
  }
  /** What an address asks for. A tablet that somebody uses is not taken from her unasked. @param {{secret?: string, withdraw?: boolean}} asked */
  async function follow({ secret, withdraw }) {
    if (withdraw) return app.go('withdraw');
    if (!secret) return;
    const place = seat.store.get();
    if (!place) {
      invitation = { secret };
      return showDue(true);
    }
    const name = place.pseudonym;
    const fresh = await confirmDialog({
      title: i18n.t('taken.title', { name }),
      text: i18n.t('taken.text', { name }),
      yes: i18n.t('taken.new'),
      no: i18n.t('taken.stay', { name }),
      icon: 'person',
    });
    if (fresh) await app.leave({ secret });
  }
  /** While the map is shown: notices when the place has ended. */
  function keepWatch() {
    if (document.visibilityState === 'visible' && shown === 'map') seat.refresh().catch(() => {});
  }

  document.body.append(toaster.element);
  await Promise.all([seat.open(), outbox.open()]);
  language = seat.store.get()?.language ?? null;
  await i18n.setLanguage(language ?? i18n.preferred());
  seat.store.subscribe(() => showDue());
  window.addEventListener('hashchange', () => follow(takeHash()));
  setInterval(keepWatch, watchMs);
  showDue();
  follow(hash);
}

start();
