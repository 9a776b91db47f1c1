// tables.mjs - what is counted in the benchmark of counting, for both peers.
//
// Usage: tables.mjs SET.yaml   writes the tables of SET that the peers can count, as a set; says on stderr which it
//                              leaves out
//
// Only tables on a line of their own are read: - {table: NAME, by: [...], units: [...], measure: count}
// To have the peers count by another dimension: name it here and say in both of them how it is read (`narrow`, `read`).
// A measure: name it here and say in both of them how it is computed (`values`).
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export const dimensions = {
  week: {}, age_band: {}, setting_registered: {}, sex: {}, category: {}, mismatch: {},
  profile: { each_report: true }, file: { each_report: true },
};
export const measures = ['count'];
export const bands = [['<12', 12], ['12-13', 14], ['14-15', 16], ['16-17', 18], ['18+', Infinity]];

// The peers count what is registered and do not look into signals, so all three do.
const registered = (line) => line.replace(/\bsetting\b/g, 'setting_registered');

const list = (text = '') => text.split(',').map((s) => s.trim()).filter((s) => s);

function table(line) {
  const [, name] = line.match(/\btable: *(\w+)/);
  const [, by] = line.match(/\bby: *\[([^\]]*)\]/) ?? [];
  const [, units] = line.match(/\bunits: *\[([^\]]*)\]/) ?? [];
  const [, measure] = line.match(/\bmeasure: *(\w+)/) ?? [];
  const known = /^ *- *\{.*\} *$/.test(line) && by !== undefined && units !== undefined &&
    measures.includes(measure) && list(by).every((d) => dimensions[d]) && !/\b(where|when|of|over|top):/.test(line);
  return { line, name, known, measure, by: list(by), units: list(units),
           each_report: list(by).some((d) => dimensions[d]?.each_report) };
}

export function tables(path) {
  return readFileSync(path, 'utf8').split('\n').filter((line) => /^[^#]*\btable:/.test(line)).map(registered).map(table);
}

// A row as mp-stats writes it. `values` belong to the dimensions `by`; a total has none.
export function row({ name, measure }, by, values, unit, value) {
  return JSON.stringify({ table: name, by: Object.fromEntries(by.map((d, i) => [d, values[i]])), unit,
                          measure, value: Number(value), suppressed: null }) + '\n';
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const all = tables(process.argv[2]);
  for (const t of all.filter((t) => !t.known)) console.error(`left out, the peers can not count it: table ${t.name}`);
  process.stdout.write('name: counts\nversion: 1\ntables:\n' +
                       all.filter((t) => t.known).map((t) => t.line + '\n').join(''));
}
