import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Lets one test file hold several: between `__block(name)` and `__block()` whatever is declared belongs to a block of that
 * name, so that a file's own hooks are those of its tests alone. `describe` cannot do this: it does not wait for an import.
 */
export default class BlocksEnvironment extends TestEnvironment {
  #state: Circus.State | undefined;

  override async setup(): Promise<void> {
    await super.setup();
    const scope = this.global as unknown as { describe: (name: string, declare: () => void) => void; __block: (name?: string) => void };
    scope.__block = (name) => {
      const state = this.#state;
      if (state === undefined) throw new Error('Jest has not begun.');
      if (name === undefined) {
        state.currentDescribeBlock = state.rootDescribeBlock;
        return;
      }
      scope.describe(name, () => undefined);
      const block = state.rootDescribeBlock.children.at(-1);
      if (block?.type === 'describeBlock') state.currentDescribeBlock = block;
    };
  }

  handleTestEvent = (_event: Circus.Event, state: Circus.State): void => {
    this.#state = state;
  };
}
