// The real launcher with the stand-in child in the places of the API and the worker.
import { fileURLToPath } from 'node:url';
import { launch } from '../../src/launcher.js';

const script = fileURLToPath(new URL('./stand-in-child.js', import.meta.url));
await launch({ apiScript: script, workerScript: script, demoScript: fileURLToPath(new URL('./stand-in-demo.js', import.meta.url)) });
