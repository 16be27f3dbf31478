import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput } from '../platform/errors.js';
import { belowFloor, mayChange } from './settings.domain.js';
import type { SettingValue } from './settings.domain.js';
import type { ChangeSettingInput } from './settings.graphql.js';
import { acts } from './staff.policy.js';

/** Numbers and conditions that an order fixes change on a day, with the order that says so. */
@Injectable()
export class SettingsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Changes a setting from a day on. Refuses SETTING_UNKNOWN, SETTING_SHAPE, SETTING_PAST, SETTING_BELOW_FLOOR. */
  async change(actor: UserActor, input: ChangeSettingInput, requestId: string): Promise<Result<string, 'SETTING_UNKNOWN' | 'SETTING_SHAPE' | 'SETTING_PAST' | 'SETTING_BELOW_FLOOR'>> {
    const value = parsed(input.value);
    return this.uow.command(actor, acts['setting.change'], input, requestId, async (op) => {
      await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('setting:' || $1, 0))`, [input.name]);
      const current = await op.tx.row<{ id: string; value: SettingValue; from: CivilDate }>(
        `select id, value, lower(during) as from from platform.settings where name = $1 order by during desc limit 1`,
        [input.name],
      );
      if (current === undefined) return refuse('SETTING_UNKNOWN');
      if (belowFloor(input.name, value)) return refuse('SETTING_BELOW_FLOOR');
      const may = mayChange(current, { value, from: input.from }, op.today);
      if (!may.ok) return may;
      await op.tx.run('update platform.settings set during = daterange(lower(during), $2) where id = $1', [current.id, input.from]);
      const made = await op.tx.row<{ id: string }>(
        'insert into platform.settings (name, during, value, citation) values ($1, daterange($2, null), $3::jsonb, $4) returning id',
        [input.name, input.from, JSON.stringify(value), input.citation],
      );
      const id = made?.id ?? '';
      await recordAct(op, { subject: ['setting', id], on: input.from, reason: input.name, changed: ['value'] });
      return ok(id);
    });
  }
}

function parsed(text: string): SettingValue {
  try {
    return JSON.parse(text) as SettingValue;
  } catch {
    throw badInput('value', 'validation.json');
  }
}
