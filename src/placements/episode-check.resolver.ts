import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { badInput } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { checkEpisodes } from './episode-check.domain.js';
import { CheckEpisodesArgs, EpisodeCheck } from './episode-check.graphql.js';
import type { EpisodeRuleSource } from './episode-check.graphql.js';
import { ruleWords } from './episode-check.messages.js';
import { MOST_ASKED, readEpisodeTable, readStay } from './episode-table.domain.js';
import type { EpisodeTable } from './episode-table.domain.js';
import { acts } from './placements.policy.js';

/** A dry run over somebody else's list of stays: it reads no row of the register, and keeps none of the list. */
@Resolver()
export class EpisodeCheckResolver {
  @Query(() => EpisodeCheck, { description: 'Tries a foreign list of stays by England\'s published rules and by this register\'s own. Nothing is read, stored or logged.' })
  @Can(acts['episode.check'])
  checkEpisodes(@Args() args: CheckEpisodesArgs, @Context() request: RequestContext): EpisodeCheck {
    const { rows, ignored } = taken(args);
    const report = checkEpisodes(rows);
    return {
      rows: report.rows,
      children: report.children,
      violations: report.violations.map(({ code, by, rows: broken }) => ({ rule: code, source: by as EpisodeRuleSource, ...ruleWords(request.language, code), rows: [...broken] })),
      ignoredColumns: ignored.slice(0, 50).map((name) => name.slice(0, 60)),
    };
  }
}

/** The list out of whichever way it came; BAD_USER_INPUT where it is none. */
function taken({ table, episodes }: CheckEpisodesArgs): EpisodeTable {
  const isTable = typeof table === 'string';
  if (isTable === Array.isArray(episodes)) throw badInput('table', 'episode_table.ONE');
  if (!isTable) return { rows: (episodes ?? []).map((cells, at) => readStay(at + 1, cells)), ignored: [] };
  const read = readEpisodeTable(table, MOST_ASKED);
  if (!read.ok) throw badInput('table', `episode_table.${read.code}`, read.details);
  return read.value;
}
