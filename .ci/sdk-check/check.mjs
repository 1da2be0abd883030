// Usage: node check.mjs (<base URL> <key> <legacy|new>)…
import assert from 'node:assert/strict';
import Handinger, {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  toFile,
} from '@ramensoft/handinger';

const published = 'tsk_2Z-YWz3hFq6VlW';
const members = (object) => Object.keys(object).sort();
const sorted = (text) => text.split(' ').sort();

const taskMembers = sorted(
  'id completedAt createdAt createdByUserId organizationId status title totals triggeredBy url workerId',
);
const turnMembers = sorted(
  'id completedAt credits durationMs files input inputTokens outputText outputTokens role seq startedAt status structuredOutput taskId',
);
const runMembers = sorted(
  'id created_at error files incomplete_details messages metadata object output output_text running sources status structured_output url usage',
);
const executionMembers = sorted(
  'id createdAt durationMs errorMessage requestStatus responseStatus taskId taskTitle url workerId',
);

const checksOf = (client, baseURL, shape) => {
  /** Turns as a client of either time finds them. */
  const turnsOf = async (id) =>
    shape === 'new' ? (await client.tasks.listTurns(id)).items : (await client.tasks.retrieve(id)).turns;

  return {
    'retrieve the published task': async () => {
      const { task } = await client.tasks.retrieve(published);
      assert.deepEqual(task, {
        id: published,
        completedAt: '2026-05-11T09:14:48.000Z',
        createdAt: '2026-05-11T09:14:22.000Z',
        createdByUserId: 'usr_7yh-91XzM2nQ4',
        organizationId: 'org_8s1Df9aLp-1z',
        status: 'completed',
        title: 'Weather report for Barcelona',
        totals: { credits: 42, durationMs: 25812, turnCount: 1 },
        triggeredBy: 'api',
        url: `https://v3.handinger.com/worker/wrk_vk81XUHKHG-qr4/task/${published}`,
        workerId: 'wrk_vk81XUHKHG-qr4',
      });
    },
    'the answer has the members of its time': async () => {
      const answer = await client.tasks.retrieve(published);
      assert.deepEqual(members(answer), shape === 'new' ? ['task'] : ['task', 'turns']);
    },
    'listTurns': async () => {
      if (shape === 'legacy') {
        await assert.rejects(client.tasks.listTurns(published), NotFoundError);
      } else {
        assert.deepEqual(members(await client.tasks.listTurns(published)), ['items', 'taskId']);
      }
      const [turn] = await turnsOf(published);
      assert.deepEqual([turn.inputTokens, turn.outputTokens, turn.credits, turn.seq], [1842, 312, 42, 0]);
    },
    'create with a new task id': async () => {
      const run = await client.tasks.create({ input: 'Say hello', taskId: 'tsk_sdk-check', budget: 'low' });
      assert.deepEqual(members(run), runMembers);
      assert.equal(run.object, 'worker');
      assert.equal(run.status, 'completed');
      assert.equal(run.output_text, run.output[0].content[0].text);
      const { task } = await client.tasks.retrieve('tsk_sdk-check');
      assert.deepEqual(members(task), taskMembers);
      assert.equal(task.totals.turnCount, 1);
      assert.equal(task.workerId, run.id);
    },
    'create without a task id': async () => {
      const run = await client.tasks.create({ input: 'Say hello', workerId: 'wrk_vk81XUHKHG-qr4' });
      assert.equal(run.id, 'wrk_vk81XUHKHG-qr4');
    },
    'a follow-up turn': async () => {
      await client.tasks.create({ input: 'And goodbye', taskId: 'tsk_sdk-check' });
      const { task } = await client.tasks.retrieve('tsk_sdk-check');
      const turns = await turnsOf('tsk_sdk-check');
      assert.deepEqual(turns.map((turn) => turn.input), ['Say hello', 'And goodbye']);
      assert.deepEqual(turns.map((turn) => turn.seq), [0, 1]);
      assert.deepEqual(members(turns[0]), turnMembers);
      assert.equal(task.totals.turnCount, 2);
      assert.equal(task.totals.credits, turns[0].credits + turns[1].credits);
    },
    // The client types no files of a task, and makes a form of them all the same.
    'create with one file': async () => {
      const file = await toFile(Buffer.from('Hello'), 'notes.txt', { type: 'text/plain' });
      const run = await client.tasks.create({ input: 'Read', taskId: 'tsk_sdk-file', files: file });
      assert.deepEqual(members(run), runMembers);
      assert.equal(run.output_text, 'Done: Read (notes.txt)');
    },
    'create with several files': async () => {
      const files = [
        await toFile(Buffer.from('Hello'), 'Zürich "1".txt', { type: 'text/plain' }),
        await toFile(Buffer.alloc(0), 'empty.pdf', { type: 'application/pdf' }),
        await toFile(Buffer.from('\r\n--x\r\n\0'), 'c.bin'),
      ];
      const run = await client.tasks.create({ input: 'Read', taskId: 'tsk_sdk-file', budget: 'low', files });
      assert.match(run.output_text, /^Done: Read \(Z.rich .*, empty\.pdf, c\.bin\)$/);
      const turns = await turnsOf('tsk_sdk-file');
      assert.deepEqual(turns.map((turn) => turn.input), ['Read', 'Read']);
    },
    'a form without an input': async () => {
      const file = await toFile(Buffer.from('Hello'), 'notes.txt');
      await assert.rejects(client.tasks.create({ taskId: 'tsk_sdk-file', files: file }), BadRequestError);
    },
    'the worker of a task': async () => {
      const { task } = await client.tasks.retrieve('tsk_sdk-check');
      const worker = await client.workers.retrieve(task.workerId, { taskId: task.id });
      assert.deepEqual(members(worker), runMembers);
      assert.equal(worker.messages.length, 4);
      assert.match((await client.workers.retrieveEmail(task.workerId)).email, /@/);
    },
    'listExecutions': async () => {
      const { task } = await client.tasks.retrieve('tsk_sdk-check');
      const webhook = await client.workers.webhooks.update(task.workerId, { url: 'https://example.com/hook' });
      assert.deepEqual(members(webhook), ['token', 'url']);
      for (let i = 0; i < 52; i++) {
        await client.tasks.create({ input: `Run ${i}`, taskId: `tsk_log-${i}`, workerId: task.workerId });
      }
      const first = await client.workers.webhooks.listExecutions(task.workerId);
      const second = await client.workers.webhooks.listExecutions(task.workerId, { page: 2 });
      assert.deepEqual([first.page, first.pageCount, first.totalCount], [1, 2, 52]);
      assert.deepEqual([first.logs.length, second.logs.length], [50, 2]);
      assert.deepEqual(members(first.logs[0]), executionMembers);
      assert.equal(first.logs[0].taskId, 'tsk_log-51');
      assert.equal(second.logs[1].taskId, 'tsk_log-0');
      const other = await client.workers.webhooks.regenerateToken(task.workerId);
      assert.notEqual(other.token, webhook.token);
      assert.deepEqual(await client.workers.webhooks.delete(task.workerId), { token: null, url: null });
    },
    'schedules': async () => {
      const { task } = await client.tasks.retrieve('tsk_sdk-check');
      const made = await client.workers.schedules.create(task.workerId, {
        input: 'Again',
        when: { type: 'interval', intervalSeconds: 3600 },
      });
      const list = await client.workers.schedules.list(task.workerId);
      assert.deepEqual(members(list), ['schedules', 'timezone', 'workerId']);
      assert.deepEqual(list.schedules, [made]);
      const cancelled = await client.workers.schedules.cancel(made.id, { workerId: task.workerId });
      assert.deepEqual(cancelled, { cancelled: true });
    },
    'delete': async () => {
      assert.deepEqual(await client.tasks.delete('tsk_sdk-check'), { archived: true });
    },
    'an unknown task': async () => {
      await assert.rejects(client.tasks.retrieve('tsk_nobody'), NotFoundError);
      await assert.rejects(client.tasks.delete('tsk_nobody'), NotFoundError);
    },
    'a task of another organization': async () => {
      await assert.rejects(client.tasks.retrieve('tsk_F0r3ign-0rg-01'), PermissionDeniedError);
    },
    'an empty input': async () => {
      await assert.rejects(client.tasks.create({ input: '' }), BadRequestError);
    },
    'a wrong key': async () => {
      const stranger = new Handinger({ baseURL, apiKey: 'hdg_live_wrong', maxRetries: 0 });
      await assert.rejects(stranger.tasks.retrieve(published), AuthenticationError);
      await assert.rejects(stranger.tasks.create({ input: 'Hello' }), AuthenticationError);
    },
  };
};

let passed = 0;
let failed = 0;
const servers = process.argv.slice(2);
for (let i = 0; i < servers.length; i += 3) {
  const [baseURL, apiKey, shape] = servers.slice(i, i + 3);
  const client = new Handinger({ baseURL, apiKey, maxRetries: 0 });
  for (const [name, check] of Object.entries(checksOf(client, baseURL, shape))) {
    try {
      await check();
      passed++;
    } catch (error) {
      failed++;
      console.error(`FAILED ${shape}: ${name}\n${error.stack}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
