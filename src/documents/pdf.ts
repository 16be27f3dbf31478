import { Worker } from 'node:worker_threads';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { CleanedPdf, PdfRefusal } from './pdf-clean.js';

/** An ordinary document takes a fifth of a second; one that takes this long was made to. */
const MILLISECONDS = 8_000;
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** The PDF made anew in a thread of its own, so that nobody else waits for it, nor for what it does to its memory. */
export async function cleanPdfApart(bytes: Buffer): Promise<Result<Buffer, PdfRefusal>> {
  // Its own copy: what is given away to a thread is gone here.
  const thread = new Worker(new URL('./pdf-thread.js', import.meta.url), { workerData: Uint8Array.from(bytes), resourceLimits: LIMITS, env: {}, stdout: true, stderr: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    const cleaned = await new Promise<CleanedPdf>((settle) => {
      const give = (): void => settle({ why: 'PDF_NOT_CLEAN' });
      timer = setTimeout(give, MILLISECONDS);
      thread.once('message', settle).once('error', give).once('exit', give);
    });
    return 'clean' in cleaned ? ok(Buffer.from(cleaned.clean)) : refuse(cleaned.why);
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
