import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

/**
 * The address to listen on. `toward:HOST` is that one of ours from which HOST is reached: where a container is in several
 * networks, the one in which the database is. Nothing is sent to find out.
 */
export async function addressOf(setting: string): Promise<string> {
  const [, host] = /^toward:(.+)$/.exec(setting) ?? [];
  if (host === undefined) return setting;
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((done, failed) => {
      socket.once('error', failed);
      socket.connect(9, address, done);
    });
    return socket.address().address;
  } finally {
    socket.close();
  }
}
