import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { needVersion } from '../platform/audit/stale.js';
import { mayInArea } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { officeFor } from '../territory/offices.queries.js';
import { decideChanges, decideRegistration } from './institution.domain.js';
import type { EditInstitutionInput, RegisterInstitutionInput } from './institution.graphql.js';
import { acts, mayEdit } from './institution.policy.js';
import { insertInstitution, lockInstitution, lockNeighbours, updateInstitution } from './institutions.repo.js';

type RegisterRefusal = 'INSTITUTION_AREA_TOO_COARSE' | 'INSTITUTION_AREA_UNKNOWN' | 'INSTITUTION_ALREADY_REGISTERED';
type EditRefusal = 'INSTITUTION_CLOSED' | 'INSTITUTION_ALREADY_REGISTERED' | 'INSTITUTION_UNCHANGED';

/** Institutions are registered and corrected by the supervisor in whose territory they stand. */
@Injectable()
export class InstitutionsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Registers an institution where it stands; the office of that area answers for it. */
  async register(actor: UserActor, input: RegisterInstitutionInput, requestId: string): Promise<Result<string, RegisterRefusal>> {
    return this.uow.command(actor, acts['institution.register'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      if (!mayInArea(op.actor, op.act, input.areaCode)) throw forbidden();
      const decision = decideRegistration(input.areaCode, input, await lockNeighbours(op, input.areaCode, null));
      if (!decision.ok) return decision;
      const officeId = await officeFor(op, input.areaCode);
      if (officeId === undefined) return refuse('INSTITUTION_AREA_UNKNOWN', { area: input.areaCode });
      const id = newId();
      const { kind, nameKm, nameLatin, capacity, areaCode } = input;
      await insertInstitution(op, { id, kind, nameKm, nameLatin, capacity, areaCode, officeId, registeredOn: on });
      await recordAct(op, { subject: ['institution', id], on, events: [['institution.registered', id]] });
      return ok(id);
    });
  }

  /** Corrects what is written of an institution. What others changed since the caller read it is a CONFLICT. */
  async edit(actor: UserActor, input: EditInstitutionInput, requestId: string): Promise<Result<string, EditRefusal>> {
    return this.uow.command(actor, acts['institution.edit'], input, requestId, async (op) => {
      const institution = await lockInstitution(op, input.institutionId);
      if (institution === undefined || !mayEdit(op.actor, institution.area_code)) throw notFound();
      await needVersion(op, institution, input.version);
      const before = { kind: institution.kind, nameKm: institution.name_km, nameLatin: institution.name_latin, capacity: institution.capacity };
      const after = {
        kind: input.kind ?? before.kind,
        nameKm: input.nameKm ?? before.nameKm,
        nameLatin: input.nameLatin ?? before.nameLatin,
        capacity: input.capacity ?? before.capacity,
      };
      const changes = decideChanges(institution.state, before, after, await lockNeighbours(op, institution.area_code, institution.id));
      if (!changes.ok) return changes;
      await updateInstitution(op, institution.id, after);
      await recordAct(op, { subject: ['institution', institution.id], on: op.today, changed: changes.value, events: [['institution.edited', institution.id]] });
      return ok(institution.id);
    });
  }
}
