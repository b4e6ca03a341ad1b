// SPDX-License-Identifier: AGPL-3.0-or-later
// The protected cube alone: how long it takes, how much memory, how it grows.
import { execFileSync } from 'node:child_process';
import { median } from './processes.mjs';

const SMALL = 100_000;
const LARGE = 1_000_000;

/** @param {{tool: (name: string) => string, row: Function, format: (value: number) => string}} bench */
export function benchCube({ tool, row, format }) {
  const measure = (marks) => JSON.parse(execFileSync(tool('cube_bench'), [String(marks)], { encoding: 'utf8' }));
  const rounds = [1, 2, 3].map(() => ({ small: measure(SMALL), large: measure(LARGE) }));
  const cpu = (size) => median(rounds.map((round) => round[size].cpu_seconds));
  const peak = Math.max(...rounds.map(({ large }) => large.peak_mib));
  row('the protected cube of 1,000,000 contributions, 13 slices, on one core', `${format(cpu('large'))} s`, '< 5 s', cpu('large') < 5);
  row('its peak memory', `${format(peak)} MiB`, '< 1 GiB', peak < 1024);
  const growth = cpu('large') / cpu('small');
  row('its time for 1,000,000 against 100,000', `${format(growth)}x`, '<= 11x', growth <= 11);
}
