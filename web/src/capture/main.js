// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's page: puts the parts together and shows the screen that is due.
import { createApi } from '../core/api.js';
import { confirmDialog, openDialog } from '../core/dialog.js';
import { focusScreen } from '../core/focus.js';
import { createI18n } from '../core/i18n.js';
import { openKeep } from '../core/keep.js';
import { createToaster } from '../core/toast.js';
import { createConsentScreen } from './consent_screen.js';
import { readHash, screenFor } from './flow.js';
import { openHelp } from './help.js';
import { createJoinScreen } from './join_screen.js';
import { createLanguageScreen, createLanguageTiles } from './language_screen.js';
import { createMapScreen } from './map_screen.js';
import { createMarks } from './marks.js';
import {
  createDeclinedScreen,
  createEndedScreen,
  createLoadingScreen,
  createWaitingScreen,
} from './message_screen.js';
import { createOutbox } from './outbox.js';
import { createReceiptScreen } from './receipt_screen.js';
import { createSeat } from './seat.js';
import { createWithdrawScreen } from './withdraw_screen.js';

/** Takes the invitation out of the address bar before anything else happens. */
function takeHash() {
  const found = readHash(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return found;
}

async function start() {
  const hash = takeHash();
  const keep = await openKeep('repere-capture');
  const api = createApi({ token: () => seat.store.get()?.token ?? null, onUnauthorised: placeEnded });
  const i18n = createI18n({ api });
  const toaster = createToaster();
  const outbox = createOutbox({
    api,
    keep,
    token: () => seat.store.get()?.token ?? null,
    onSent: (item, reply) => item.token === seat.store.get()?.token && marks?.sent(item, reply),
    onRefused(item) {
      if (item.problem?.code === 'NOT_SIGNED_IN') return placeEnded();
      if (item.problem?.code === 'SESSION_CLOSED' && pack) pack.session.state = 'closed';
      marks?.refused(item);
      toaster.show({ text: i18n.t('outbox.refused', { count: 1 }), tone: 'bad', icon: 'ui-alert' });
    },
  });
  const seat = createSeat({
    api,
    keep,
    onLeave: ({ token, session }) =>
      outbox.forgetRefused(token).then(() => outbox.add({ kind: 'leave', token, session, uuid: '' })),
  });
  /** @type {import("./seat.js").Invitation | null} */
  let invitation = null;
  /** @type {string | null} */
  let language = null;
  /** @type {import("./page.js").Package | null} */
  let pack = null;
  /** @type {import("./marks.js").Marks | null} */
  let marks = null;
  let ended = false;
  /** @type {string} */
  let shown = '';
  /** @type {import("../core/dom.js").Widget | null} */
  let screen = null;

  /** @type {import("./page.js").App} */
  const app = {
    api,
    i18n,
    toaster,
    seat,
    outbox,
    package: () => pack,
    memory: { view: null },
    help: () => openHelp({ i18n, contacts: pack?.session.help_contacts ?? [] }),
    chooseLanguage,
    async setLanguage(code) {
      try {
        await i18n.setLanguage(code);
      } catch {
        return void toaster.show({ text: i18n.t('common.offline'), tone: 'bad', icon: 'ui-alert' });
      }
      language = code;
      await seat.setLanguage(code);
      showDue(true);
    },
    go(name) {
      if (name === 'withdraw') show(name, createWithdrawScreen({ app }));
      else if (name === 'receipt') show(name, createReceiptScreen({ app }));
      else if (name === 'consent') show(name, createConsentScreen({ app }));
      else {
        ended = false;
        showDue(true);
      }
    },
    async leave(next) {
      invitation = next === true ? seat.invitation : next || null;
      wipe();
      language = null;
      await seat.leave();
    },
  };

  /** @param {string} name @param {import("../core/dom.js").Widget} next */
  function show(name, next) {
    screen?.destroy();
    toaster.clear();
    shown = name;
    screen = next;
    document.body.dataset.screen = name;
    document.body.prepend(next.element);
    focusScreen(next.element);
  }
  /** @param {boolean} [anew] even when it is the one already shown */
  function showDue(anew = false) {
    const due = ended
      ? 'removed'
      : screenFor({ language, seat: seat.store.get(), loaded: pack !== null && marks !== null });
    if (due === shown && !anew) return;
    show(due, createScreen(due));
  }
  /** @param {import("./flow.js").Screen} name */
  function createScreen(name) {
    switch (name) {
      case 'language':
        return createLanguageScreen({ app });
      case 'join': {
        const tried = invitation;
        invitation = null;
        return createJoinScreen({ app, invitation: tried });
      }
      case 'consent':
        return createConsentScreen({ app });
      case 'declined':
        return createDeclinedScreen(app);
      case 'waiting':
        return createWaitingScreen(app);
      case 'removed':
        return createEndedScreen(app);
      case 'map':
        if (pack && marks) return createMapScreen({ app, pack, marks });
      // falls through
      default:
        return createLoadingScreen(app, load);
    }
  }
  async function load() {
    const place = seat.store.get();
    if (!place) return;
    const found = await api.get(`/api/sessions/${place.session}/package`);
    const own = createMarks({
      api,
      outbox,
      seat: place,
      exercise: found.exercise,
      precisionM: found.session.precision_m,
    });
    await own.load();
    i18n.setOthers(found.session.languages);
    [pack, marks] = [found, own];
    await i18n.setLanguage(place.language);
    showDue();
  }
  /** Nothing of the person stays in the page. */
  function wipe() {
    [pack, marks, ended] = [null, null, false];
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
  /** What an address asks for. A tablet that somebody uses is not taken from her unasked. @param {{secret?: string, withdraw?: boolean}} asked */
  async function follow({ secret, withdraw }) {
    if (withdraw) return app.go('withdraw');
    if (!secret) return;
    const place = seat.store.get();
    if (!place) {
      invitation = { secret };
      return showDue(true);
    }
    const { t } = i18n;
    const fresh = await confirmDialog({
      title: t('taken.title', { name: place.pseudonym }),
      text: t('taken.text'),
      yes: t('taken.new'),
      no: t('taken.stay', { name: place.pseudonym }),
      icon: 'ui-person',
    });
    if (fresh) await app.leave({ secret });
  }
  async function chooseLanguage() {
    const closing = new AbortController();
    const codes = [...new Set([...(pack?.session.languages ?? []), ...i18n.offered.map((l) => l.code)])];
    const tiles = createLanguageTiles({
      i18n,
      codes,
      present: i18n.language.get(),
      onChoose(code) {
        closing.abort();
        app.setLanguage(code);
      },
    });
    await openDialog({
      title: i18n.t('language.title'),
      icon: 'ui-globe',
      body: [tiles],
      closeLabel: i18n.t('common.close'),
      signal: closing.signal,
    });
  }
  /** While the map is shown: notices when the place has ended. */
  function keepWatch() {
    if (document.visibilityState === 'visible' && shown === 'map') seat.refresh().catch(() => {});
  }

  document.body.append(toaster.element);
  await Promise.all([seat.open(), outbox.open()]);
  const place = seat.store.get();
  language = place?.language ?? null;
  await i18n.setLanguage(language ?? i18n.preferred());
  seat.store.subscribe(() => showDue());
  setInterval(keepWatch, 30000);
  window.addEventListener('hashchange', () => follow(takeHash()));
  showDue();
  follow(hash);
}

start();
