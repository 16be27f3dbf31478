import { Inject, Injectable } from '@nestjs/common';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors.js';
import { checkBirth } from './child.domain.js';
import type { DescribeChildInput, RecordReasonsInput } from './child.graphql.js';
import { changeChild, changedLately } from './children.repo.js';
import type { ChildFacts, Description } from './children.repo.js';
import { acts, needChild } from './children.policy.js';
import { ChildrenService } from './children.service.js';

const COLUMNS: Readonly<Record<keyof Description, string>> = {
  nameKm: 'name_km',
  nameLatin: 'name_latin',
  sex: 'sex',
  birthDate: 'birth_date',
  birthPrecision: 'birth_precision',
  birthBasis: 'birth_basis',
  homeAreaCode: 'home_area_code',
  religion: 'religion',
  languages: 'languages',
  civilRegistration: 'civil_registration',
  disability: 'disability',
  mainReason: 'main_reason',
  reasons: 'reasons',
  parentalStatus: 'parental_status',
};

/** Fields by which one child is told from another. */
const TELLING: ReadonlySet<keyof Description> = new Set(['nameKm', 'nameLatin', 'sex', 'birthDate', 'birthPrecision', 'homeAreaCode']);

/** The form of a child: who she is, and why she came into care. Edits carry the version they were made from. */
@Injectable()
export class ChildFilesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
  ) {}

  /** Describes a child: what is left out stays as it is. Refuses BIRTH_IN_FUTURE, BORN_AFTER_SEEN, AREA_UNKNOWN; CONFLICT where somebody was first. */
  async describe(actor: UserActor, input: DescribeChildInput, requestId: string): Promise<Result<string, 'BIRTH_IN_FUTURE' | 'BORN_AFTER_SEEN' | 'AREA_UNKNOWN'>> {
    return this.uow.command(actor, acts['child.describe'], input, requestId, async (op) => {
      const child = await this.#lock(op, input.childId, input.version);
      if (input.birth) {
        const birth = checkBirth(input.birth, child.firstSeenOn, op.today);
        if (!birth.ok) return birth;
      }
      return this.#write(op, child, {
        nameKm: input.nameKm,
        nameLatin: input.nameLatin,
        sex: input.sex ?? undefined,
        birthDate: input.birth?.date,
        birthPrecision: input.birth?.precision,
        birthBasis: input.birth?.basis,
        homeAreaCode: input.homeAreaCode,
        religion: input.religion,
        languages: input.languages ?? undefined,
        civilRegistration: input.civilRegistration ?? undefined,
        disability: input.disability,
      });
    });
  }

  /** Records why a child came into care and which parents live. CONFLICT where somebody was first. */
  async recordReasons(actor: UserActor, input: RecordReasonsInput, requestId: string): Promise<Result<string, never>> {
    return this.uow.command(actor, acts['child.recordReasons'], input, requestId, async (op) => {
      const child = await this.#lock(op, input.childId, input.version);
      return this.#write(op, child, {
        mainReason: input.main,
        reasons: [...new Set([input.main, ...input.others])].sort(),
        parentalStatus: input.parentalStatus ?? undefined,
      });
    });
  }

  async #lock(op: Op, childId: string, version: number): Promise<ChildFacts> {
    const [child] = await this.children.lockChildren(op, [childId]);
    if (child === undefined) throw new Error('A lock without a row.');
    needChild(op, child);
    if (child.version === version) return child;
    const edits = [acts['child.describe'], acts['child.recordReasons']];
    throw new Problem('CONFLICT', 'problem.STALE', { changed: await changedLately(op, childId, edits, Math.max(1, child.version - version)) });
  }

  /** Writes what differs. Each version is one act that names its fields, which is how a stale form learns what changed. */
  async #write(op: Op, child: ChildFacts, wanted: Partial<Description>): Promise<Result<string, never>> {
    const fields = (Object.keys(COLUMNS) as (keyof Description)[]).filter((field) => wanted[field] !== undefined && JSON.stringify(wanted[field]) !== JSON.stringify(child[field]));
    if (fields.length > 0) await changeChild(op, child, Object.fromEntries(fields.map((field) => [field, wanted[field]])));
    // Who she is may be told now: is there another file of hers?
    if (fields.some((field) => TELLING.has(field))) await this.children.lookForDuplicates(op, child.id, child.officeId);
    await recordAct(op, { subject: ['child', child.id], on: op.today, changed: fields.map((field) => COLUMNS[field]), events: [['child.described', child.id]] });
    return ok(child.id);
  }
}
