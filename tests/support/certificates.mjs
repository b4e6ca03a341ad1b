// SPDX-License-Identifier: AGPL-3.0-or-later
// An authority for tests and certificates of it, made by openssl when they are asked for. Files are PEM.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const day_ms = 24 * 60 * 60 * 1000;
const openssl = (cwd, ...args) => execFileSync('openssl', args, { cwd, stdio: 'pipe' });
/** A time as openssl wants it, days from now. */
const stamp = (days) => new Date(Date.now() + days * day_ms).toISOString().replace(/\.\d+|[-:T]/g, '');

/** @param {string} folder that is made for it */
export function makeAuthority(folder, name = 'Test authority') {
  mkdirSync(folder, { recursive: true });
  newKey(folder, 'ca.key');
  openssl(folder, 'req', '-x509', '-new', '-key', 'ca.key', '-out', 'ca.pem', '-days', '3650', '-subj', `/CN=${name}`,
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  return new Authority(folder);
}

/** A certificate that vouches for itself. */
export function selfSigned(folder, names) {
  newKey(folder, 'self.key');
  openssl(folder, 'req', '-x509', '-new', '-key', 'self.key', '-out', 'self.pem', '-days', '90', '-subj', '/CN=self',
    '-addext', `subjectAltName=${names.join(',')}`);
  return { certificate: path.join(folder, 'self.pem'), key: path.join(folder, 'self.key') };
}

function newKey(folder, name, rsa = false) {
  const kind = rsa ? ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] : ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  openssl(folder, 'genpkey', '-algorithm', ...kind, '-out', name);
}

class Authority {
  constructor(folder) {
    Object.assign(this, { folder, file: path.join(folder, 'ca.pem'), count: 0 });
  }

  get pem() {
    return readFileSync(this.file, 'utf8');
  }

  /**
   * @param {string[]} names  "DNS:room.example.test", "IP:127.0.0.1"
   * @param {{from?: number, to?: number, chain?: boolean, rsa?: boolean}} options days from now; `chain`: the authority's own
   *   certificate is in the file, too
   * @returns {{certificate: string, key: string}} paths
   */
  sign(names, { from = -1, to = 90, chain = false, rsa = false } = {}) {
    const name = `leaf${this.count++}`;
    newKey(this.folder, `${name}.key`, rsa);
    openssl(this.folder, 'req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=leaf');
    writeFileSync(path.join(this.folder, 'index.txt'), '');
    writeFileSync(path.join(this.folder, 'ca.conf'), `[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = optional
[leaf]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
${names.length > 0 ? `subjectAltName = ${names.join(',')}` : ''}
`);
    openssl(this.folder, 'ca', '-config', 'ca.conf', '-batch', '-notext', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-extensions', 'leaf',
      '-startdate', stamp(from), '-enddate', stamp(to), '-in', `${name}.csr`, '-out', `${name}.pem`);
    const certificate = path.join(this.folder, `${name}.pem`);
    if (chain) writeFileSync(certificate, readFileSync(certificate, 'utf8') + this.pem);
    return { certificate, key: path.join(this.folder, `${name}.key`) };
  }
}
