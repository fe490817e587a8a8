/**
 * Lets engines start a few at a time, in the order they were asked for. Somebody who waits comes before work that nobody waits
 * for, and such work never takes the last place. A line that is too long, or does not move, is said so at once: an honest
 * 503 is better than a request that hangs. Never looks at who asks.
 */
import { AppError } from '@vivim/contract/errors';

export type Urgency = 'request' | 'background';

export interface StartGateOptions {
  /** Starts under way at once. */
  readonly startsAtOnce: number;
  /** Requests whose engine waits for its turn; background work may wait without a bound. */
  readonly startsWaiting: number;
  /** How long a request waits for its turn. */
  readonly startWaitMs: number;
  /** False while there is no memory for one more. Asked again when a start ends, and on {@link StartGate.look}. */
  readonly hasRoom: () => boolean;
}

interface Waiting {
  readonly urgency: Urgency;
  go(): void;
  refuse(error: AppError): void;
}

export class StartGate {
  readonly #options: StartGateOptions;
  readonly #line: Waiting[] = [];
  #underWay = 0;
  #background = 0;

  constructor(options: StartGateOptions) {
    this.#options = options;
  }

  get starting(): number {
    return this.#underWay;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /**
   * Start something when its turn has come.
   *
   * @throws AppError `engine_unavailable` with `retryAfterSeconds` when the line is too long, or its turn did not come in time
   */
  async pass<T>(urgency: Urgency, start: () => Promise<T>): Promise<T> {
    await this.#turn(urgency);
    try {
      return await start();
    } finally {
      this.#underWay -= 1;
      if (urgency === 'background') this.#background -= 1;
      this.look();
    }
  }

  /** Let in whoever can be. */
  look(): void {
    for (let next = this.#next(); next !== -1; next = this.#next()) {
      const [waiting] = this.#line.splice(next, 1);
      this.#take(waiting?.urgency ?? 'request');
      waiting?.go();
    }
  }

  /** Nobody starts any more. */
  close(): void {
    for (const waiting of this.#line.splice(0))
      waiting.refuse(new AppError('engine_unavailable', 'The server is stopping.'));
  }

  #turn(urgency: Urgency): Promise<void> {
    const { startsWaiting, startWaitMs } = this.#options;
    if (this.#line.length === 0 && this.#mayGo(urgency)) {
      this.#take(urgency);
      return Promise.resolve();
    }
    if (urgency === 'request' && this.#line.filter((one) => one.urgency === 'request').length >= startsWaiting)
      return Promise.reject(busy(startWaitMs));
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const waiting: Waiting = {
        urgency,
        go: () => {
          clearTimeout(timer);
          resolve();
        },
        refuse: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#line.push(waiting);
      if (urgency === 'request')
        timer = setTimeout(() => {
          this.#line.splice(this.#line.indexOf(waiting), 1);
          reject(busy(startWaitMs));
        }, startWaitMs);
      this.look();
    });
  }

  /** Where in the line the next one stands: requests first, each in their order. */
  #next(): number {
    for (const urgency of ['request', 'background'] as const) {
      const first = this.#line.findIndex((one) => one.urgency === urgency);
      if (first !== -1 && this.#mayGo(urgency)) return first;
    }
    return -1;
  }

  #mayGo(urgency: Urgency): boolean {
    const { startsAtOnce, hasRoom } = this.#options;
    if (this.#underWay >= startsAtOnce) return false;
    if (urgency === 'background' && this.#background >= Math.max(1, startsAtOnce - 1)) return false;
    return hasRoom();
  }

  #take(urgency: Urgency): void {
    this.#underWay += 1;
    if (urgency === 'background') this.#background += 1;
  }
}

const busy = (startWaitMs: number) =>
  new AppError('engine_unavailable', 'Many engines are starting right now; yours could not be started in time.', {
    retryAfterSeconds: Math.max(1, Math.ceil(startWaitMs / 2_000)),
  });
