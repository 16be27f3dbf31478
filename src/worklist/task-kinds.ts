import { defineMessages } from '../platform/messages/messages.js';

/** What a kind of task or message is called, in both languages; `{detail}` stands for the code that its row carries. */
export interface KindText {
  /** `<room>.<what>`, as in `casework.first_visit`. */
  readonly kind: string;
  readonly en: string;
  readonly km: string;
}

/** A kind of task. */
export interface TaskKind extends KindText {
  /** May a person tick it off? Otherwise it ends with the act that it asks for. */
  readonly byHand: boolean;
  /** Days past due after which the supervisor is told; the setting `worklist.escalate_after_days` where none is given. */
  readonly escalateAfterDays?: number;
}

const tasks = new Map<string, TaskKind>();
const KIND = /^[a-z][a-z0-9_]*\.[a-z0-9_]+$/;

/** Declares a kind of task with its texts. A kind declared twice stops the program. */
export function defineTaskKind(kind: TaskKind): TaskKind {
  define(kind);
  const made = Object.freeze({ ...kind });
  tasks.set(kind.kind, made);
  return made;
}

/** Declares a kind of message that is no task. */
export function defineMessageKind(kind: KindText): KindText {
  define(kind);
  return Object.freeze({ ...kind });
}

/** The kind with this code, where this program still has it. */
export function taskKind(code: string): TaskKind | undefined {
  return tasks.get(code);
}

/** Every kind of task. */
export function taskKinds(): readonly TaskKind[] {
  return [...tasks.values()];
}

/** The key of a kind's text in the table of messages. */
export function textOf(kind: string): string {
  return `task.${kind}`;
}

function define({ kind, en, km }: KindText): void {
  if (!KIND.test(kind)) throw new Error(`"${kind}" is no kind: write <room>.<what>.`);
  defineMessages('task', { [kind]: { en, km, reviewed: false } });
}
