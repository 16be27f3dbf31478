import { Inject, Injectable } from '@nestjs/common';
import { lockFamilyAnywhere } from '../carers/places.repo.js';
import { needChild } from '../children/children.policy.js';
import { ChildrenService } from '../children/children.service.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { acts } from './matching.policy.js';
import { findProposal, lockProposal } from './proposals.repo.js';
import { mayBeTold } from './told.domain.js';
import type { RecordToldInput } from './told.graphql.js';
import { insertTold } from './told.repo.js';

/** Carers hear everything needed to care safely before they answer: matter by matter, with the day on which it was said. */
@Injectable()
export class ToldService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
  ) {}

  /** Writes down what a family was told. Refuses PROPOSAL_STATE, NOT_TO_BE_TOLD. */
  async record(actor: UserActor, input: RecordToldInput, requestId: string): Promise<Result<string, 'PROPOSAL_STATE' | 'NOT_TO_BE_TOLD'>> {
    return this.uow.command<'PROPOSAL_STATE' | 'NOT_TO_BE_TOLD'>(actor, acts['match.recordTold'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const found = await findProposal(op, input.proposalId);
      if (found === undefined || (await lockFamilyAnywhere(op, found.familyId)) === undefined) throw notFound();
      for (const child of await this.children.lockChildren(op, found.children.map(({ childId }) => childId))) needChild(op, child);
      const proposal = await lockProposal(op, found.id);
      if (proposal === undefined) throw notFound();
      if (proposal.state !== 'waiting' && proposal.state !== 'accepted') return refuse('PROPOSAL_STATE', { state: proposal.state });
      const may = mayBeTold(input.items);
      if (!may.ok) return may;
      await insertTold(op, proposal.id, on, input.items);
      await recordAct(op, { subject: ['proposal', proposal.id], about: proposal.childId, on, changed: ['told'] });
      return ok(proposal.id);
    });
  }
}
