import { PASSWORD } from '../../../src/demo/staff.js';
import { todayIn } from '../../../src/kernel/civil-date.js';
import { Journey } from './journey.js';
import { loadAreasByCommand } from './place.js';
import { STEPS } from './steps.js';

const address = process.env['TOUR_ADDRESS'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

/** Walks through the register as its people do, against a running server, printing each step and what came back. */
async function tour(): Promise<void> {
  try {
    await fetch(`${address}/health/live`);
  } catch {
    console.error(`No register answers at ${address}. Start one with "npm start" in another terminal (PORT says where).`);
    process.exitCode = 1;
    return;
  }
  const journey = new Journey({ address, today: todayIn(new Date()), loadAreas: (csv) => loadAreasByCommand(csv, process.env), tell: (line) => console.log(line) }, PASSWORD);
  for (const step of STEPS) await step(journey);
  console.log('\nThe tour is over. Everything above happened in the register; an auditor can read it there.');
}

await tour();
