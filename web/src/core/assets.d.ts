// SPDX-License-Identifier: AGPL-3.0-or-later
// What build.mjs provides, and the images it gives a hashed name.
declare module 'repere:assets' {
  export const iconUrl: string;
  export const iconNames: string[];
  export const languages: {
    code: string;
    autonym: string;
    dir: 'ltr' | 'rtl';
    state: 'checked' | 'draft';
    url: string;
    /** Where the texts of some pages alone are. */
    parts: { staff?: string; plan?: string };
    partStates: { staff?: 'checked' | 'draft'; plan?: 'checked' | 'draft' };
  }[];
}
declare module 'repere:precache' {
  /** Of all files together. */
  export const version: string;
  export const files: { url: string; hash: string }[];
}
declare module '*.svg' {
  const url: string;
  export default url;
}
declare module '*.gif' {
  const url: string;
  export default url;
}
