/**
 * Lifecycles as one table: state -> command -> next state. The table is the only place that says
 * what may follow what; whether it may be done now, and by whom, is decided by the room.
 */

export type LifecycleTable<State extends string, Command extends string> = {
  readonly [S in State]: { readonly [C in Command]?: State };
};

export type Lifecycle<State extends string, Command extends string> = {
  readonly table: LifecycleTable<State, Command>;
  /** Every state, in the order of the table: the list for the CHECK in the database and the enum. */
  readonly states: readonly State[];
  /** The state after the command, or undefined when the command does not belong to this state. */
  next(state: State, command: Command): State | undefined;
  /** The commands that belong to this state, in the order of the table. */
  commandsFrom(state: State): readonly Command[];
};

/** A row may name no command and a table no state beyond the declared ones (a misspelt one does not compile). */
type Exact<T, State extends string, Command extends string> = {
  readonly [S in keyof T]: S extends State ? { readonly [C in keyof T[S]]: C extends Command ? T[S][C] : never } : never;
};

/**
 * A typed lifecycle: `lifecycle<State, Command>()({ planned: { approve: 'approved' }, ... } as const)`.
 * Every state has a row, a final one an empty row.
 */
export function lifecycle<State extends string, Command extends string>() {
  return <const T extends LifecycleTable<State, Command>>(table: T & Exact<T, State, Command>): Lifecycle<State, Command> => {
    const rows = new Map<State, ReadonlyMap<Command, State>>();
    for (const [state, row] of Object.entries(table)) {
      rows.set(state as State, new Map(Object.entries(row as Record<string, State>)) as Map<Command, State>);
    }
    return Object.freeze({
      table,
      states: Object.freeze([...rows.keys()]),
      // A map and not the object itself: 'constructor' is no command.
      next: (state: State, command: Command) => rows.get(state)?.get(command),
      commandsFrom: (state: State) => [...(rows.get(state)?.keys() ?? [])],
    });
  };
}

type AnyTable = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** Where an object starts and where it may rest for good. */
export type LifecycleEnds<State extends string> = { readonly initial: State | readonly State[]; readonly final: readonly State[] };

function closure(starts: readonly string[], next: (state: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...starts];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    open.push(...next(state));
  }
  return seen;
}

function isLifecycle<S extends string, C extends string>(t: Lifecycle<S, C> | LifecycleTable<S, C>): t is Lifecycle<S, C> {
  return typeof (t as { next?: unknown }).next === 'function';
}

/**
 * What is wrong with a table, one sentence each; empty when nothing is: states that are named but have
 * no row, states that no way leads to, dead ends that are not final, and states from which no final
 * state can be reached. A final state may still have ways out (a closed case can be opened again).
 */
export function checkLifecycle<State extends string, Command extends string>(
  t: Lifecycle<State, Command> | LifecycleTable<State, Command>,
  ends: LifecycleEnds<NoInfer<State>>,
): string[] {
  const table = (isLifecycle(t) ? t.table : t) as AnyTable;
  const states = Object.keys(table);
  const exits = new Map(states.map((s) => [s, Object.values(table[s] ?? {}).filter((x): x is string => x !== undefined)]));
  const exitsOf = (s: string): readonly string[] => exits.get(s) ?? [];
  const initial: readonly string[] = typeof ends.initial === 'string' ? [ends.initial] : ends.initial;
  const final = new Set<string>(ends.final);

  const named = new Set([...initial, ...final, ...states.flatMap(exitsOf)]);
  const reached = closure(initial, exitsOf);
  const entries = (s: string): readonly string[] => states.filter((from) => exitsOf(from).includes(s));
  const canEnd = closure([...final], entries);

  const problems = [...named].filter((s) => !exits.has(s)).map((s) => `"${s}" is named but has no row`);
  for (const s of states) {
    if (!reached.has(s)) problems.push(`no way leads to "${s}"`);
    if (exitsOf(s).length === 0 && !final.has(s)) problems.push(`"${s}" is a dead end and not final`);
    else if (final.size > 0 && !canEnd.has(s)) problems.push(`from "${s}" no final state can be reached`);
  }
  return problems;
}

/** Stops the program at its start when a table is broken: throws an Error that names the lifecycle and every problem. */
export function assertLifecycle<State extends string, Command extends string>(
  name: string,
  t: Lifecycle<State, Command> | LifecycleTable<State, Command>,
  ends: LifecycleEnds<NoInfer<State>>,
): void {
  const problems = checkLifecycle(t, ends);
  if (problems.length > 0) throw new Error(`the lifecycle of ${name} is broken: ${problems.join('; ')}`);
}
