// SPDX-License-Identifier: GPL-3.0-or-later
// Measures PouchDB against express-pouchdb over HTTP on the loopback: how fast a new station reads
// everything, and how long 20 edits in both directions take. Prints one line of JSON.
//
// Arguments: a folder for the databases, how many trainees.
import {spawn} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {createInterface} from 'node:readline';
import PouchDB from 'pouchdb';

import {makeTrainee} from './trainee.mjs';

const ATTEMPTS = 3;
const EDITS = 20;
const [folder, count] = [process.argv[2], Number(process.argv[3])];
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function startServer() {
  mkdirSync(folder + '/server', {recursive: true});
  const server = spawn(process.execPath,
                       [new URL('server.mjs', import.meta.url).pathname, folder + '/server', count],
                       {stdio: ['pipe', 'pipe', 'inherit']});
  for await (const line of createInterface({input: server.stdout})) {
    const found = /^port (\d+)$/.exec(line);
    if (found)
      return {server, port: found[1]};
  }
  throw new Error('the server has ended');
}

async function edit(db, first, note) {
  const ids = Array.from({length: EDITS}, (_, i) => makeTrainee(first + i)._id);
  const {rows} = await db.allDocs({keys: ids, include_docs: true});
  await db.bulkDocs(rows.map(({doc}) => ({...doc, note})));
}

const {server, port} = await startServer();
const remote = new PouchDB(`http://127.0.0.1:${port}/school`);
const rates = [];
const edits = [];
let local = null;

for (let i = 0; i < ATTEMPTS; i++) {
  local = new PouchDB(`${folder}/station-${i}`);
  const start = performance.now();
  const result = await PouchDB.replicate(remote, local, {batch_size: 1000, batches_limit: 10});
  rates.push(count / ((performance.now() - start) / 1000));
  if (result.docs_written !== count)
    throw new Error(`${result.docs_written} of ${count} documents`);
}
for (let i = 0; i < ATTEMPTS; i++) {
  await edit(local, 0, `mine ${i}`);
  await edit(remote, EDITS, `theirs ${i}`);
  const start = performance.now();
  const result = await PouchDB.sync(local, remote);
  edits.push(performance.now() - start);
  if (result.push.docs_written !== EDITS || result.pull.docs_written !== EDITS)
    throw new Error('not all edits arrived');
}
console.log(JSON.stringify({pull_rate: median(rates), edit_ms: median(edits)}));
server.stdin.end();
process.exit(0);
