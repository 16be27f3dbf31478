import { Injectable } from '@nestjs/common';
import type { Op } from '../platform/database/op.js';
import { notFound } from '../platform/errors.js';
import type { NewFamily } from './families.repo.js';
import { insertFamily } from './families.repo.js';
import { lockFamily, lockFamilyAnywhere } from './places.repo.js';
import type { LockedFamily } from './places.repo.js';

/** Households on their way to the stand-by list and on it. */
@Injectable()
export class FamiliesService {
  /** Opens a family in the caller's transaction. Gives its id. */
  async open(op: Op, family: NewFamily): Promise<string> {
    return insertFamily(op, family);
  }

  /** Locks a family of the actor's offices: first of all that a command does about it. NOT_FOUND when there is none. */
  async lock(op: Op, id: string): Promise<LockedFamily> {
    const family = await lockFamily(op, id);
    if (family === undefined) throw notFound();
    return family;
  }

  /** Locks a family of any office, for a placement across provinces: no name, no phone, no village. NOT_FOUND when there is none. */
  async lockAnywhere(op: Op, id: string): Promise<LockedFamily> {
    const family = await lockFamilyAnywhere(op, id);
    if (family === undefined) throw notFound();
    return family;
  }
}
