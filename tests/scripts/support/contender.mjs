// A process that takes a lock again and again, leaves a mark while it has it, and is killed now and then. It prints what must not be.
import { randomInt } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processId } from '../../../scripts/liveness.mjs';
import { withLock } from '../../../scripts/lock.mjs';

const [file, mark, rounds] = process.argv.slice(2);

for (let round = 0; round < Number(rounds); round += 1) {
  await withLock(
    file,
    async () => {
      const other = readMark();
      if (other && isAlive(other)) console.log(`process ${other.pid} has the lock as well`);
      writeFileSync(mark, JSON.stringify(processId(process.pid)));
      await sleep(randomInt(4));
      if (JSON.parse(readFileSync(mark, 'utf8')).pid !== process.pid) console.log('another process had the lock meanwhile');
      if (randomInt(4) === 0) process.kill(process.pid, 'SIGKILL');
      rmSync(mark);
    },
    () => {},
  );
}

function readMark() {
  try {
    return JSON.parse(readFileSync(mark, 'utf8'));
  } catch {
    return undefined;
  }
}
