import DataLoader from 'dataloader';
import type { Act } from '../auth/acts.js';
import type { UserActor } from '../auth/roles.js';
import type { Op } from '../database/op.js';
import type { OpenQuery, UnitOfWork } from '../database/unit-of-work.js';
import { Problem } from '../errors.js';
import type { Language } from '../messages/messages.js';

/** A batch read: ids in, values out in the same order, undefined for "not there, or not yours". Scoped by the op it gets. */
export interface LoaderDefinition<T> {
  readonly name: string;
  readonly batch: (op: Op, ids: readonly string[]) => Promise<readonly (T | undefined)[]>;
}

/** Names a batch read, so that each request keeps one loader for it. */
export function defineLoader<T>(name: string, batch: LoaderDefinition<T>['batch']): LoaderDefinition<T> {
  return Object.freeze({ name, batch });
}

/** Puts rows in the order of the ids asked for. */
export function inOrder<T>(ids: readonly string[], rows: readonly T[], idOf: (row: T) => string): (T | undefined)[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.map((id) => byId.get(id));
}

interface RequestState {
  readonly loaders: Map<string, DataLoader<string, unknown>>;
  query: Promise<OpenQuery> | undefined;
  ended: boolean;
  gone: boolean;
  operation: string;
  operationName: string;
  outcome: string;
  asksForSchema: boolean;
  mayBeOld: boolean;
}

/**
 * What one GraphQL request carries: made anew for each, never shared. Nest and Apollo copy a context field by field on
 * its way, so everything that changes lives in one object that the copies share.
 */
export class RequestContext {
  private readonly state: RequestState = { loaders: new Map(), query: undefined, ended: false, gone: false, operation: 'unnamed', operationName: '', outcome: 'ok', asksForSchema: false, mayBeOld: false };

  constructor(
    private readonly uow: UnitOfWork,
    readonly requestId: string,
    readonly language: Language,
    /** The signed-in person; undefined without a valid token. */
    readonly user: UserActor | undefined,
    /** The caller's network address, for throttling only. */
    readonly address: string,
    /** Why it could not be learnt who asks; the request is answered with it. */
    readonly trouble?: unknown,
  ) {}

  /** The signed-in person, or UNAUTHENTICATED. */
  get actor(): UserActor {
    if (this.user === undefined) throw new Problem('UNAUTHENTICATED');
    return this.user;
  }

  /** Name of the root field, for the read-audit. */
  get operation(): string {
    return this.state.operation;
  }

  /** Says which root field this request asks for, and what the client calls the operation. */
  name(operation: string, operationName = ''): void {
    this.state.operation = operation.slice(0, 80);
    this.state.operationName = operationName.slice(0, 60);
  }

  /** What the log says of this request: codes and names of the schema, and how it ended. */
  get summary(): { readonly operation: string; readonly operationName: string; readonly outcome: string } {
    return this.state;
  }

  /** How it ended: a code of the closed set, or `refused:` and a room's code. */
  note(outcome: string): void {
    this.state.outcome = outcome;
  }

  /** Does it ask for the schema, whose answer may be larger? */
  asksForSchema(yes?: boolean): boolean {
    if (yes !== undefined) this.state.asksForSchema = yes;
    return this.state.asksForSchema;
  }

  /** Everything that it asks for may be some seconds old. */
  mayBeOld(): void {
    this.state.mayBeOld = true;
  }

  /** Has the client left, or been answered, before this was done? */
  get isGone(): boolean {
    return this.state.gone;
  }

  /** The one read transaction of this request, opened when first needed. */
  async query(): Promise<Op> {
    if (this.state.ended) throw new Error('This request has ended.');
    this.state.query ??= this.uow.query(this.user, this.requestId, this.state.mayBeOld);
    return (await this.state.query).op;
  }

  /** One value of a batch read. */
  async load<T>(definition: LoaderDefinition<T>, id: string): Promise<T | undefined> {
    let loader = this.state.loaders.get(definition.name) as DataLoader<string, T | undefined> | undefined;
    if (loader === undefined) {
      loader = new DataLoader<string, T | undefined>(async (ids) => definition.batch(keyed(await this.query()), ids), { maxBatchSize: 500 });
      this.state.loaders.set(definition.name, loader as DataLoader<string, unknown>);
    }
    return loader.load(id);
  }

  /** Writes down, after the fact, that this person asked for something she may not do. */
  async denied(act: Act): Promise<void> {
    await this.uow.deny(this.user, act, this.requestId, new Problem('FORBIDDEN'));
  }

  /** Commits the read, read-audit and all. Called before the first byte of the answer; where it fails there is no answer. */
  async finish(): Promise<void> {
    this.state.ended = true;
    if (this.state.query !== undefined) await (await this.state.query).commit();
  }

  /** The client is gone: give the connection back. */
  async abandon(): Promise<void> {
    this.state.gone ||= !this.state.ended;
    this.state.ended = true;
    await this.state.query?.then((query) => query.abandon(), () => undefined);
  }
}

/** A batch goes by ids, whose plan is the same whatever they are. */
function keyed(op: Op): Op {
  return { ...op, tx: op.tx.keyed };
}
