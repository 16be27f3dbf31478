import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { ChangeSettingInput, Setting, SettingConnection, SettingResult } from './settings.graphql.js';
import { SettingsService } from './settings.service.js';
import { staff } from './staff.messages.js';
import { acts } from './staff.policy.js';

interface SettingRow {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly citation: string;
}

const COLUMNS = 'id, name, value::text as value, lower(during) as from, upper(during) as to, citation';

@Resolver(() => Setting)
export class SettingsResolver {
  constructor(private readonly service: SettingsService) {}

  @Mutation(() => SettingResult, { description: 'Changes a number or condition that an order fixes, from a day on, with the order that says so.' })
  @Can(acts['setting.change'])
  changeSetting(@Args('input') input: ChangeSettingInput, @Context() request: RequestContext) {
    return answer(request, staff, this.service.change(request.actor, input, request.requestId), async (id) =>
      (await request.query()).tx.row<SettingRow>(`select ${COLUMNS} from platform.settings where id = $1`, [id]),
    );
  }

  @Query(() => SettingConnection, { description: 'Every setting with its values over time, by name; the latest value first.' })
  @Can(acts['setting.read'])
  async settings(@Args() page: PageArgs, @Context() request: RequestContext): Promise<Page<Setting>> {
    const [name = null, from = null] = afterKey(page, 'text', 'day') ?? [];
    const rows = await (await request.query()).tx.rows<SettingRow>(
      `select ${COLUMNS} from platform.settings where $1::text is null or name > $1 or (name = $1 and lower(during) < $2::date) order by name, lower(during) desc limit $3`,
      [name, from, page.first + 1],
    );
    return pageOf(page, rows, (row) => [row.name, row.from], (row) => row);
  }
}
