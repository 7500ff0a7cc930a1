// SPDX-License-Identifier: GPL-3.0-or-later
// A CouchDB made of PouchDB and express-pouchdb, with as many trainees as the second argument says,
// in the folder of the first. Says "port N" once it listens, and ends with its standard input.
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';

import {makeTrainee} from './trainee.mjs';

const BATCH = 1000;
const [folder, count] = [process.argv[2], Number(process.argv[3])];
const Server = PouchDB.defaults({prefix: folder + '/'});
const db = new Server('school');

for (let first = 0; first < count; first += BATCH) {
  const docs = [];
  for (let i = first; i < Math.min(first + BATCH, count); i++)
    docs.push(makeTrainee(i));
  await db.bulkDocs(docs);
}

const app = express();
app.use('/', expressPouchDB(Server, {
  mode: 'minimumForPouchDB',
  logPath: folder + '/log.txt',
  configPath: folder + '/config.json',
}));
const listener = app.listen(0, '127.0.0.1', () => {
  console.log(`port ${listener.address().port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
