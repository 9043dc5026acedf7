import { Connection } from './connection.js';

/** The samples of a Prometheus exposition, by name and labels as they are written: `name{a="b"}`. */
export type Samples = ReadonlyMap<string, number>;

export function readSamples(exposition: string): Samples {
  const lines = exposition.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** The sum of the samples of one name whose labels hold all the given texts. */
export function sum(samples: Samples, name: string, ...labels: readonly string[]): number {
  let total = 0;
  for (const [sample, value] of samples) {
    const [family = '', rest = ''] = sample.split('{');
    if (family === name && labels.every((label) => rest.includes(label))) total += value;
  }
  return total;
}

/** Over a connection of its own, so that counting connections always counts exactly this one besides the others. */
export async function scrape({ port }: { readonly port: number }): Promise<Samples> {
  const connection = await Connection.open(port);
  const { body } = await connection.ask({ method: 'GET', path: '/metrics', headers: { 'content-type': '' } });
  connection.close();
  return readSamples(body);
}

/** How many connections the process holds, the one of the scrape among them. */
export async function openConnections(server: { readonly port: number }): Promise<number> {
  return sum(await scrape(server), 'nodejs_active_resources', 'type="TCPSocketWrap"');
}
