// SPDX-License-Identifier: AGPL-3.0-or-later
// Map sheets of the session's area for people who mark on paper: the server draws them as PDF.
import { h } from '../core/dom.js';
import { createPaperPdf } from './paper_pdf.js';
import { field, selectInput } from './form.js';
import { roomAddress } from './room_address.js';

/** The server's word for a map without a base map. */
const blank = 'none';

/**
 * @param {{app: import('./main.js').App, session: import('./types.js').Session,
 *   basemaps: {name: string, title: string}[]}} deps
 */
export function createPaperMaps({ app, session, basemaps }) {
  const { t, autonym } = app.i18n;
  const offered = session.base_maps.flatMap((name) => basemaps.filter((one) => one.name === name));
  const languages = session.languages.length > 0 ? session.languages : ['en'];
  /** @type {[string, string][]} */
  const maps = [...offered.map((one) => /** @type {[string, string]} */ ([one.name, one.title])), [blank, t('staff.paper.blank')]];
  const choices = {
    paper: field({
      label: t('staff.paper.size'),
      input: selectInput([['a4', 'A4'], ['a3', 'A3']], 'a4'), // prettier-ignore
    }),
    language: field({
      label: t('staff.paper.language'),
      input: selectInput(
        languages.map((code) => [code, autonym(code)]),
        languages[0],
      ),
    }),
    basemap: field({ label: t('staff.paper.basemap'), input: selectInput(maps, maps[0][0]) }),
  };
  const pdf = createPaperPdf({ app, path });
  const element = h(
    'details',
    { class: 'card question sheet-where' },
    h('summary', {}, h('strong', { class: 'summary-words' }, t('staff.paper.title'))),
    h('p', { class: 'soft' }, t('staff.paper.text')),
    h('div', { class: 'add-row', onchange: pdf.forget }, Object.values(choices).map((one) => one.element), pdf.button),
    pdf.status,
  );

  /** Where the choices and the room's address lead now. */
  function path() {
    const query = new URLSearchParams(
      Object.entries(choices).map(([name, { input }]) => /** @type {[string, string]} */ ([name, input.value])),
    );
    query.set('origin', roomAddress());
    return `/api/sessions/${session.id}/sheet.pdf?${query}`;
  }
  return { element, refresh: pdf.forget, destroy: pdf.forget };
}
