import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { Problem } from '../platform/errors.js';
import { tryLater } from './admission.js';
import { MOST_BYTES } from './document.domain.js';
import type { MediaType } from './document.domain.js';
import { cleanPdfApart } from './pdf.js';
import type { PdfRefusal } from './pdf-clean.js';
import { cleanPicture } from './picture.js';
import type { PictureRefusal } from './picture.js';

/** Who would have to wait for more than so many others is asked to come again. */
const MOST_WAITING = 12;
/** What a kind of file is known by stands at its beginning. */
const BEGINNING = 4_100;

export type CleaningRefusal = PictureRefusal | PdfRefusal | 'NOT_TAKEN' | 'HEIC_NOT_TAKEN';

/** A document that holds what is to be seen and nothing else. */
export interface Clean {
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
}

/** Makes documents anew, one at a time in a process: whatever arrives, memory is that of one. */
@Injectable()
export class Cleaning {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** The clean document; the kind of file is read from its bytes, never from what the client says. TOO_EXPENSIVE where too many wait, or where it grew. */
  async clean(bytes: Buffer): Promise<Result<Clean, CleaningRefusal>> {
    if (this.#waiting >= MOST_WAITING) throw tryLater(10);
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#one(bytes));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #one(bytes: Buffer): Promise<Result<Clean, CleaningRefusal>> {
    const type = await mediaTypeOf(bytes);
    if (!type.ok) return type;
    const mediaType = type.value;
    const made = mediaType === 'application/pdf' ? await cleanPdfApart(bytes) : await cleanPicture(bytes, mediaType);
    if (!made.ok) return made;
    if (made.value.length > MOST_BYTES) throw new Problem('TOO_EXPENSIVE', 'documents.TOO_LARGE');
    return ok({ mediaType, bytes: made.value });
  }
}

async function mediaTypeOf(bytes: Buffer): Promise<Result<MediaType, 'NOT_TAKEN' | 'HEIC_NOT_TAKEN' | 'ANIMATED'>> {
  const found = await fileTypeFromBuffer(bytes.subarray(0, BEGINNING)).catch(() => undefined);
  switch (found?.mime) {
    case 'image/jpeg':
    case 'image/png':
    case 'image/webp':
    case 'application/pdf':
      return ok(found.mime);
    case 'image/apng':
      return refuse('ANIMATED');
    case 'image/heic':
    case 'image/heic-sequence':
    case 'image/heif':
    case 'image/heif-sequence':
      return refuse('HEIC_NOT_TAKEN');
    default:
      return refuse('NOT_TAKEN');
  }
}
