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

export async function scrape(server: { readonly address: string }): Promise<Samples> {
  const answer = await fetch(`${server.address}/metrics`);
  return readSamples(await answer.text());
}

/** How many connections the process holds, the one of the scrape among them. */
export async function openConnections(server: { readonly address: string }): Promise<number> {
  return sum(await scrape(server), 'nodejs_active_resources', 'type="TCPSocketWrap"');
}
