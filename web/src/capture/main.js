// SPDX-License-Identifier: AGPL-3.0-or-later
// The participant's page: puts the parts together and shows the screen that is due.
import { createAloud } from '../core/aloud.js';
import { createApi } from '../core/api.js';
import { confirmDialog } from '../core/dialog.js';
import { focusScreen } from '../core/focus.js';
import { createI18n } from '../core/i18n.js';
import { openKeep } from '../core/keep.js';
import { createToaster } from '../core/toast.js';
import { createAhead } from './ahead.js';
import { createAreas } from './areas.js';
import { createConnection } from './connection.js';
import { createDownloads } from './downloads.js';
import { readHash, screenFor } from './flow.js';
import { createHands } from './hands.js';
import { openHelp } from './help.js';
import { createLeaveGuard } from './keep_open.js';
import { openLanguages } from './language_screen.js';
import { createLoaded } from './loaded.js';
import { noLock } from './lock.js';
import { askWhetherHere } from './lock_screen.js';
import { createOutbox } from './outbox.js';
import { canStartAlone, keepPage } from './page_worker.js';
import { createPersistence } from './persistence.js';
import { createRest } from './rest.js';
import { createRecordings } from './recordings.js';
import { createScreen } from './screens.js';
import { createSeat } from './seat.js';
import { createSecondTap } from './second_tap.js';
import { forgetSession } from './shut_out.js';

const watchMs = 30000;
const againMs = 3000;

/** Takes the invitation out of the address bar before anything else happens. */
function takeHash() {
  const found = readHash(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return found;
}

async function start() {
  const hash = takeHash();
  // the browser's list of what a page fetched names marks she made and places she looked at
  performance.setResourceTimingBufferSize(0);
  performance.clearResourceTimings();
  const keep = await openKeep('repere-capture');
  const token = () => seat.store.get()?.token ?? null;
  const api = createApi({
    token,
    onUnauthorised: () => placeEnded(),
    onShutOut: shutOut,
    onReach: (reached) => connection.heard(reached),
  });
  const connection = createConnection({
    ask: () => api.get('/api/health', { token: null, timeoutMs: 5000 }),
  });
  const i18n = createI18n({ api });
  const toaster = createToaster();
  const aloud = createAloud({ i18n, recordingOf: (item, language) => recordings.of(item, language) });
  const recordings = createRecordings({ api, keep, language: i18n.language.get, onChange: aloud.refresh });
  const outbox = createOutbox({
    api,
    keep,
    token,
    onSent(item, reply) {
      if (item.token !== token()) return;
      if (item.uuid !== '') loaded.marks?.sent(item, reply);
      else if (item.kind !== 'leave') seat.refresh().catch(() => {});
    },
    onRefused,
    onChange: () => loaded.marks?.show(),
    onOtherTab: () => loaded.marks?.reload(),
  });
  const loaded = createLoaded({ api, keep, i18n, outbox });
  const downloads = createDownloads();
  const areas = createAreas({ api, keep, downloads });
  const alone = canStartAlone() && keep.lasting;
  const ahead = createAhead({ api, keep, i18n, areas, downloads, recordings, pageKept: alone });
  const persistence = createPersistence({ lasting: keep.lasting });
  const guard = createLeaveGuard();
  const seat = createSeat({
    api,
    keep,
    outbox,
    reachable: () => connection.store.get() === 'here',
    async onLeave({ token: hers, session }) {
      // begun at once: the page may be gone in a moment
      const said = outbox.add({ kind: 'leave', token: hers, session, uuid: '' });
      await Promise.all([said, outbox.forgetRefused(hers)]);
    },
  });
  /** @type {import("./seat.js").Invitation | null} */
  let invitation = null;
  /** @type {string | null} */
  let language = null;
  /** @type {"" | "removed" | "revoked"} how her place ended */
  let ended = '';
  // maps of the area can be fetched, and nobody has said yet whether to
  let offering = false;
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
    connection: connection.store,
    downloads,
    areas,
    persistence,
    features: ahead.features,
    mustStayOpen: () => !alone || seat.loose,
    packageChanged: loaded.changed,
    prepared() {
      offering = false;
      ahead.answered().catch(() => {});
      showDue();
    },
    memory: { view: null, basemap: undefined },
    package: () => loaded.package,
    asked: () => (loaded.package || (invitation && invitation === seat.invitation) ? loaded.asked : null),
    marks: () => loaded.marks,
    help: () => openHelp({ i18n, contacts: loaded.package?.session.help_contacts ?? [] }),
    chooseLanguage: () => void openLanguages(app),
    setLanguage,
    load,
    takeInvitation() {
      const taken = invitation;
      invitation = null;
      return taken;
    },
    keepInvitation(how) {
      invitation = how;
    },
    go(name) {
      ended = '';
      if (name === 'due') showDue(true);
      else show(name);
    },
    lock,
    async leave(next) {
      invitation = next === true ? seat.invitation : next || null;
      wipe();
      language = null;
      // hers alone: whoever comes next starts from what the tablet prefers
      await Promise.all([seat.leave(), i18n.setLanguage(i18n.preferred()).catch(() => {})]);
      if (shown === 'language') show('language');
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
    window.scrollTo(0, 0);
    focusScreen(next.element);
  }
  /** @param {boolean} [anew] even when it is the one already shown */
  function showDue(anew = false) {
    const ready = loaded.package !== null;
    const groups = (loaded.package?.session.groups ?? []).length > 0;
    const place = seat.store.get();
    const due = ended || screenFor({ language, seat: place, loaded: ready, offering, groups });
    if (due !== shown || anew) show(due);
  }
  async function load() {
    const place = seat.store.get();
    if (!place) return;
    await loaded.load(place);
    await lookAhead(place);
    showDue();
  }
  /** @param {import("./seat.js").Seat} place */
  async function lookAhead(place) {
    if (loaded.package) offering = await ahead.begin(place.session, loaded.package, !place.consent);
  }
  /** A tablet that starts again shows at once what it keeps. */
  async function startAgain() {
    const place = seat.store.get();
    if (!place?.consent || place.lock?.on) return;
    await loaded.load(place, { fromDevice: true }).catch(() => {});
    await lookAhead(place);
  }
  /** The server answers again, or may have news: what is shown stays as it is. */
  function catchUp() {
    outbox.flush();
    if (!loaded.package) return;
    loaded.refresh().catch(() => {});
    loaded.marks?.refresh().catch(() => {});
    ahead.again(loaded.package);
  }
  function onConnection(/** @type {"here" | "away"} */ now) {
    document.body.dataset.connection = now;
    if (now === 'here') catchUp();
    toaster.announce(i18n.t(`connection.${now}`));
  }
  /** Leaving is asked about where what waits would be out of reach; the browser is asked to keep it. */
  function onOutbox() {
    const { waiting, trouble } = outbox.state.get();
    guard.set(waiting > 0 && (!alone || trouble !== ''));
    if (waiting > 0 && connection.store.get() === 'away') persistence.ask();
  }
  function onPackageChanged() {
    if (loaded.package?.session.state === 'closed')
      toaster.show({ text: i18n.t('closed.text'), icon: 'info', timeoutMs: 12000 });
  }
  function wipe() {
    loaded.clear();
    [ended, offering] = ['', false];
    app.memory = { view: null, basemap: undefined };
    clearPage();
  }
  /** What lies over the screen, and what was marked in it. */
  function clearPage() {
    document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
    getSelection()?.removeAllRanges();
    toaster.clear();
  }
  /** Everything is hidden, and gone from the page, until she opens it. */
  function lock() {
    const place = seat.store.get();
    clearPage();
    if (place) seat.setLock({ ...(place.lock ?? noLock), on: true });
    else if (shown === 'withdraw') showDue(true); // somebody left a receipt half typed
  }
  /** The facilitator shut this tablet out. @param {string} bearer the token that was refused */
  async function shutOut(bearer) {
    const place = seat.store.get();
    const session = place?.token === bearer ? place.session : outbox.itemsOf(bearer)[0]?.session;
    if (session === undefined) return;
    if (place?.session === session) placeEnded('revoked');
    seat.forgetInvitation();
    await forgetSession({ keep, outbox }, session);
  }
  /** The server no longer knows her place. @param {"removed" | "revoked"} why */
  function placeEnded(why = 'removed') {
    const place = seat.store.get();
    if (!place) return;
    wipe();
    ended = why;
    outbox.forgetRefused(place.token);
    seat.forget();
  }
  /** @param {import("./outbox.js").Item} item */
  function onRefused(item) {
    if (item.problem?.code === 'NOT_SIGNED_IN') return placeEnded();
    if (item.problem?.code === 'SESSION_CLOSED') loaded.sessionClosed();
    if (item.uuid === '') return void seat.refresh().catch(() => {});
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
    const locked = place.lock?.on ?? false; // then who sits here is nobody's business
    const fresh = await confirmDialog({
      title: locked ? i18n.t('lock.title') : i18n.t('taken.title', { name }),
      text: locked ? i18n.t('lock.other_text') : i18n.t('taken.text', { name }),
      yes: i18n.t('taken.new'),
      no: locked ? i18n.t('common.cancel') : i18n.t('taken.stay', { name }),
      icon: 'person',
    });
    if (fresh) await app.leave({ secret });
  }
  /** While nothing else asks: notices when the place has ended. */
  function keepWatch() {
    const watching = ['map', 'locked', 'receipt', 'pictures'].includes(shown);
    if (document.visibilityState === 'visible' && watching) seat.refresh().catch(() => {});
  }
  /** Somebody else sits here, or nobody: nothing of the one before stays, whichever tab it was said in. */
  let sitting = '';
  function onSeat() {
    const place = seat.store.get();
    if (sitting !== (place?.token ?? '')) {
      sitting = place?.token ?? '';
      const why = ended;
      wipe();
      ended = place ? '' : why;
      language = place?.language ?? (why ? language : null);
    }
    showDue();
  }

  /** The first words: a page over plain HTTP may have to wait for them. */
  async function firstWords() {
    for (;;)
      try {
        return await i18n.setLanguage(language ?? i18n.preferred());
      } catch {
        await new Promise((again) => setTimeout(again, againMs));
      }
  }

  document.body.append(toaster.element);
  createSecondTap();
  await Promise.all([seat.open(), outbox.open()]);
  language = seat.store.get()?.language ?? null;
  await Promise.all([firstWords(), startAgain()]);
  sitting = token() ?? '';
  seat.store.subscribe(onSeat);
  createHands({ seat, putAway: () => screen?.destroy(), comeBack: () => showDue(true) });
  createRest({
    active: () => (token() !== null && !seat.store.get()?.lock?.on) || shown === 'withdraw',
    restMs: () => (seat.store.get()?.lock ?? noLock).restMin * 60_000,
    ask: (signal) => askWhetherHere(i18n, signal),
    lock,
  });
  window.addEventListener('hashchange', () => follow(takeHash()));
  connection.store.subscribe(onConnection);
  outbox.state.subscribe(onOutbox);
  loaded.changed.subscribe(onPackageChanged);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && shown === 'map') loaded.refresh().catch(() => {});
  });
  setInterval(keepWatch, watchMs);
  document.body.dataset.connection = connection.store.get();
  showDue();
  follow(hash);
  if (token()) seat.refresh().catch(() => {}); // a tablet that was shut out hears it at once
  keepPage();
}

start();
