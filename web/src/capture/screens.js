// SPDX-License-Identifier: AGPL-3.0-or-later
// The screens by name.
import { createConsentScreen } from './consent_screen.js';
import { createGroupsScreen } from './groups_screen.js';
import { createJoinScreen } from './join_screen.js';
import { createLanguageScreen } from './language_screen.js';
import { createLockScreen } from './lock_screen.js';
import { createMapScreen } from './map_screen.js';
import {
  createDeclinedScreen,
  createEndedScreen,
  createRevokedScreen,
  createLoadingScreen,
  createWaitingScreen,
} from './message_screen.js';
import { createPicturesScreen } from './pictures_screen.js';
import { createReceiptScreen } from './receipt_screen.js';
import { createPrepareScreen } from './prepare_screen.js';
import { createWithdrawScreen } from './withdraw_screen.js';

/** @typedef {import("./flow.js").Screen | "withdraw" | "receipt" | "pictures"} ScreenName */

/**
 * @param {ScreenName} name
 * @param {import("./page.js").App} app
 * @returns {import("../core/dom.js").Widget}
 */
export function createScreen(name, app) {
  const [pack, marks] = [app.package(), app.marks()];
  switch (name) {
    case 'language':
      return createLanguageScreen({ app });
    case 'join':
      return createJoinScreen({ app, invitation: app.takeInvitation() });
    case 'prepare':
      return createPrepareScreen({ app });
    case 'consent':
      return createConsentScreen({ app });
    case 'groups':
      return createGroupsScreen({ app });
    case 'declined':
      return createDeclinedScreen(app);
    case 'waiting':
      return createWaitingScreen(app);
    case 'removed':
      return createEndedScreen(app);
    case 'revoked':
      return createRevokedScreen(app);
    case 'locked':
      return createLockScreen({ app });
    case 'pictures':
      return createPicturesScreen({ app });
    case 'withdraw':
      return createWithdrawScreen({ app });
    case 'receipt':
      return createReceiptScreen({ app });
    default:
      if (name === 'map' && pack && marks) return createMapScreen({ app, pack, marks });
      return createLoadingScreen(app);
  }
}
