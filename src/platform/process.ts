/** A process under the launcher ends when its channel to it closes, so that nothing is orphaned; on SIGTERM and SIGINT it ends too. */
export function endWithParent(close: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('disconnect', end);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // The launcher may have gone while this process was still starting.
  if (process.send !== undefined && !process.connected) end();
}

/** Tells the launcher that this process is ready. */
export function tellReady(): void {
  process.send?.({ ready: true });
}
