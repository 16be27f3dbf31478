import type { MigrationInterface, QueryRunner } from 'typeorm';

const keepApart = (first: string): string => `
      create or replace function carers.keep_apart(p_family uuid, p_accounts uuid[], p_on date, p_constraint text) returns void
        language plpgsql stable security definer set search_path = ''
        as $$
        begin${first}
          if exists (select from carers.tied(p_family, p_accounts, p_on)) then
            raise exception 'somebody of the household, a relative or a direct colleague' using errcode = '23514', constraint = p_constraint;
          end if;
        end $$;`;

/** Hardly any family has somebody of the staff in it or among its relatives: what ties whom is planned and asked only where one has. */
export class KeptApartAtOnce1764003900200 implements MigrationInterface {
  name = 'KeptApartAtOnce1764003900200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(keepApart(`
          if not exists (select from carers.adults a where a.family_id = p_family and a.account_id is not null)
            and not exists (select from carers.family_ties t where t.family_id = p_family) then
            return;
          end if;`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(keepApart(''));
  }
}
