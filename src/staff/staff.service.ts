import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Role } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { qualificationOn, writeQualification } from './qualifications.js';
import type { Qualification } from './qualifications.js';

/** What other rooms ask of staff, always in their own operation. */
@Injectable()
export class StaffService {
  /** The accounts to whom a task of this role goes: active, and posted today to exactly this office, or to this institution. */
  async postingHolders(op: Op, where: { readonly role: Role; readonly officeId?: string; readonly institutionId?: string }): Promise<string[]> {
    const rows = await op.tx.rows<{ id: string }>(
      `select distinct a.id from staff.postings p join staff.accounts a on a.id = p.account_id
       where p.role = $1 and p.office_id is not distinct from $2 and p.institution_id is not distinct from $3
         and p.during @> $4::date and p.withdrawn_at is null and a.state = 'active' order by a.id`,
      [where.role, where.officeId ?? null, where.institutionId ?? null, op.today],
    );
    return rows.map(({ id }) => id);
  }

  /** Training writes a certificate of a colleague in. The act and its audit are training's. */
  async recordQualification(op: Op, qualification: Qualification): Promise<void> {
    await writeQualification(op, qualification);
  }

  /** The certificate that counts for somebody on a day, if there is one. */
  async qualificationOn(op: Op, accountId: string, kind: string, day: CivilDate): Promise<Qualification | undefined> {
    return qualificationOn(op, accountId, kind, day);
  }
}
