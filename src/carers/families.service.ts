import { Injectable } from '@nestjs/common';
import type { Op } from '../platform/database/op.js';
import type { NewFamily } from './families.repo.js';
import { insertFamily } from './families.repo.js';

/** Households on their way to the stand-by list and on it. */
@Injectable()
export class FamiliesService {
  /** Opens a family in the caller's transaction. Gives its id. */
  async open(op: Op, family: NewFamily): Promise<string> {
    return insertFamily(op, family);
  }
}
