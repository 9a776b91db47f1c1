// duckdb.mjs - DuckDB's part of the benchmark.
//
// Usage: duckdb.mjs THREADS csv IN OUT          CSV to JSON Lines, every column as text
//        duckdb.mjs THREADS add IN OUT FILLER   JSON Lines to JSON Lines with a key "triage": a struct column
//        duckdb.mjs THREADS merge IN OUT FILLER the same by json_merge_patch, the quickest way found
//
// Prints the seconds of the statement alone, without the start of the program, on stderr.
import { DuckDBInstance } from '@duckdb/node-api';

const [threads, job, input, output, filler = ''] = process.argv.slice(2);
const text = (s) => `'${s.replaceAll("'", "''")}'`;
const triage = { protocol: 'bench', reasons: filler };
const copy = {
  csv: () => `COPY (FROM read_csv(${text(input)}, delim = ';', quote = '"', escape = '"', header = true,
                                  all_varchar = true)) TO ${text(output)} (FORMAT json)`,
  // maximum_depth leaves nested values as they are, which spares DuckDB a third of the time.
  add: () => `COPY (SELECT *, {'protocol': 'bench', 'reasons': ${text(filler)}} AS triage
                    FROM read_ndjson(${text(input)}, maximum_depth = 1, sample_size = 1000))
              TO ${text(output)} (FORMAT json)`,
  merge: () => `COPY (SELECT json_merge_patch(json, ${text(JSON.stringify({ triage }))})
                      FROM read_ndjson_objects(${text(input)}))
                TO ${text(output)} (FORMAT csv, header false, quote '', escape '', delimiter '\x01')`,
}[job];

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const start = process.hrtime.bigint();
await connection.run(copy());
console.error(Number(process.hrtime.bigint() - start) / 1e9);
