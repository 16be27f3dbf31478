import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Gauges } from '../metrics/gauges.js';

/** An archive that takes nothing is noticed by nobody until the day it is needed, or until the log has filled the disk. */
@Injectable()
export class ArchiveGauges implements OnApplicationBootstrap {
  constructor(@Inject(Gauges) private readonly gauges: Gauges) {}

  onApplicationBootstrap(): void {
    this.gauges.define({
      name: 'register_archive_failing_seconds',
      help: 'For how long no segment of the database\'s log could be archived; 0 while the last try succeeded, and where nothing is archived.',
      read: async (op) => {
        const row = await op.tx.row<{ age: number }>(
          `select case when last_failed_time > coalesce(last_archived_time, '-infinity') then extract(epoch from clock_timestamp() - coalesce(last_archived_time, stats_reset))::float8 else 0 end as age
           from pg_stat_archiver`,
        );
        return row?.age ?? 0;
      },
    });
  }
}
