import { Inject, Injectable } from '@nestjs/common';
import { familyOfAdult } from '../carers/families.repo.js';
import { FamiliesService } from '../carers/families.service.js';
import { StandingsService } from '../carers/standings.service.js';
import { keptApart } from '../carers/ties.repo.js';
import { DocumentsService } from '../documents/documents.service.js';
import { compareDates } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, forbidden, notFound } from '../platform/errors.js';
import { setting } from '../platform/settings.js';
import { StaffService } from '../staff/staff.service.js';
import type { RecordEarlierCertificateInput } from './earlier-certificate.graphql.js';
import { certifiedDuring, courseOf, insertEarlier, lockHolder, officesOfAccount } from './earlier-certificates.repo.js';
import { isForCarers } from './training.domain.js';
import type { Audience } from './training.domain.js';
import { acts } from './training.policy.js';

type EarlierRefusal = 'DATES_REVERSED' | 'VALIDITY_OVERLAPS' | 'PAPER_KNOWN' | 'OTHER_AUDIENCE' | 'OWN_CERTIFICATE' | 'CONFLICT_OF_INTEREST' | 'DOCUMENT_NOT_WAITING' | 'PAPER_NEEDED';
type Earlier = RecordEarlierCertificateInput & { readonly audience: Audience };

/** Certificates that were given out before the register: taken over from their papers, and marked as such. They end and are told of as all others. */
@Injectable()
export class EarlierCertificatesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  /** Records one. Refuses DATES_REVERSED, OTHER_AUDIENCE, VALIDITY_OVERLAPS, PAPER_KNOWN, OWN_CERTIFICATE, CONFLICT_OF_INTEREST, PAPER_NEEDED, DOCUMENT_NOT_WAITING. */
  async record(actor: UserActor, input: RecordEarlierCertificateInput, requestId: string): Promise<Result<string, EarlierRefusal>> {
    const { adultId = null, accountId = null } = input;
    if ((adultId === null) === (accountId === null)) throw badInput('adultId', 'training.oneHolder');
    if (accountId !== null && input.documentId) throw badInput('documentId', 'training.noFile');
    return this.uow.command<EarlierRefusal>(actor, acts['certificate.recordEarlier'], input, requestId, async (op) => {
      if (compareDates(input.from, op.today) > 0) throw badInput('from', 'validation.future');
      const audience = await courseOf(op, input.courseId);
      if (audience === undefined) throw notFound();
      const earlier: Earlier = { ...input, audience };
      return adultId === null ? this.#ofColleague(op, accountId ?? '', earlier) : this.#ofCarer(op, adultId, earlier);
    });
  }

  async #ofCarer(op: Op, adultId: string, input: Earlier): Promise<Result<string, EarlierRefusal>> {
    const familyId = await familyOfAdult(op, adultId);
    if (familyId === undefined) throw notFound();
    const family = await this.families.lock(op, familyId);
    if (!mayForOffice(op.actor, op.act, family.office_id)) throw forbidden();
    const apart = await keptApart(op, family.id, op.today);
    if (!apart.ok) return apart;
    if (!input.documentId) return refuse('PAPER_NEEDED');
    const written = await this.#write(op, { adultId, familyId, accountId: null }, input);
    if (!written.ok) return written;
    const kept = await this.documents.attach(op, input.documentId, { kind: 'certificate', id: written.value, officeId: family.office_id, about: { familyId } });
    if (!kept.ok) return kept;
    const counts = await setting<string[]>(op, `training.counts_for.${family.kind}`, input.from);
    if (counts.includes(input.audience)) await this.standings.setStanding(op, { familyId, adultId, code: 'certificate', from: input.from, to: input.to, sourceId: written.value });
    return written;
  }

  async #ofColleague(op: Op, accountId: string, input: Earlier): Promise<Result<string, EarlierRefusal>> {
    const offices = await officesOfAccount(op, accountId);
    if (offices.length === 0) throw notFound();
    if (!offices.some((office) => mayForOffice(op.actor, op.act, office))) throw forbidden();
    if (op.actor.kind === 'user' && op.actor.userId === accountId) return refuse('OWN_CERTIFICATE');
    await lockHolder(op, accountId);
    const written = await this.#write(op, { adultId: null, familyId: null, accountId }, input);
    if (written.ok) await this.staff.recordQualification(op, { accountId, kind: input.audience, from: input.from, to: input.to, certificateId: written.value });
    return written;
  }

  async #write(op: Op, holder: { readonly adultId: string | null; readonly familyId: string | null; readonly accountId: string | null }, input: Earlier): Promise<Result<string, EarlierRefusal>> {
    if (compareDates(input.to, input.from) <= 0) return refuse('DATES_REVERSED');
    if (isForCarers(input.audience) !== (holder.adultId !== null)) return refuse('OTHER_AUDIENCE', { audience: input.audience });
    const until = await certifiedDuring(op, holder, input);
    if (until !== null) return refuse('VALIDITY_OVERLAPS', { until });
    const id = await insertEarlier(op, holder, input);
    await recordAct(op, { subject: ['certificate', id], about: holder.familyId, on: op.today, reason: 'earlier', events: [['certificate.issued', id]] });
    return ok(id);
  }
}
