// polars.mjs - Polars' part of the benchmark: CSV to JSON Lines, every column as text, streaming.
//
// Usage: POLARS_MAX_THREADS=N polars.mjs IN OUT
//
// Prints the seconds of the query alone, without the start of the program, on stderr.
import pl from 'nodejs-polars';

const [input, output] = process.argv.slice(2);
const start = process.hrtime.bigint();
await pl.scanCSV(input, { sep: ';', inferSchemaLength: 0 }).sinkNdJson(output, { checkExtension: false }).collect();
console.error(Number(process.hrtime.bigint() - start) / 1e9);
