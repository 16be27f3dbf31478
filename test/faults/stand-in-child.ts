// Stands in for the API and the worker where the launcher itself is the subject: signs in to the
// database with the address it was given, listens on PORT as the API, keeps the launcher's contract.
import { createServer } from 'node:http';
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
client.on('error', () => undefined);
await client.connect();
const { rows } = await client.query<{ me: string }>('select current_user as me');
const me = rows[0]?.me ?? '';
const stubborn = process.env['STAND_IN_STUBBORN'] === me;

const said = { time: new Date().toISOString(), process: me, metrics: process.env['METRICS_PORT'] };
console.log(JSON.stringify({ level: 30, ...said, msg: 'request' }));
console.log(JSON.stringify({ level: 40, ...said, kind: 'Error', stack: 'at\nat', nested: {}, msg: 'the relay tries again' }));
console.error('words of the runtime');

const server = createServer((_request, response) => {
  response.end(JSON.stringify({ me, pid: process.pid, settings: Object.keys(process.env) }));
});
const end = (): void => {
  if (!stubborn) process.exit(0);
};
process.on('SIGTERM', end);
process.on('disconnect', () => process.exit(0));
const ready = (): void => {
  process.send?.({ ready: true });
};
if (me === 'register_api') server.listen(Number(process.env['PORT']), process.env['BIND_ADDRESS'], ready);
else ready();
