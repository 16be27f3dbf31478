import { parentPort, workerData } from 'node:worker_threads';
import { cleanPdf } from './pdf-clean.js';

/** Runs in a thread of its own, made for one document and gone with it. */
const cleaned = await cleanPdf(workerData as Uint8Array);
parentPort?.postMessage(cleaned, 'clean' in cleaned ? [cleaned.clean.buffer as ArrayBuffer] : []);
