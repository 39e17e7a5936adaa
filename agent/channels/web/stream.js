// What is asked while Gradio closes its stream of answers is answered all the same.
//
// Gradio's server ends the stream when nothing is asked any more, with "close_stream" as its last
// message. A request that comes just then is accepted, but its answer to "queue/join" can overtake
// that message: Gradio's client then takes the stream for open, closes it, and waits for ever
// (seen with Gradio 6.31 in 5 of 100 presses on a busy machine). Here the stream goes on, in a
// new connection, where something is still asked.
(() => {
  "use strict";
  const fetched = window.fetch.bind(window);
  const encoder = new TextEncoder();
  const asked = new Set();
  const answered = new Set();

  // Answers can overtake the id that they are for; so many are remembered.
  const MOST_REMEMBERED = 500;

  const idOf = async (answer) => {
    try {
      return (await answer.json()).event_id;
    } catch {
      return undefined;
    }
  };

  const join = async (input, init) => {
    const onItsWay = Symbol("join");
    asked.add(onItsWay);
    try {
      const answer = await fetched(input, init);
      const id = await idOf(answer.clone());
      if (id && !answered.has(id)) asked.add(id);
      return answer;
    } finally {
      asked.delete(onItsWay);
    }
  };

  const note = (message) => {
    if (!message.includes('"process_completed"')) return;
    const { msg, event_id: id } = JSON.parse(message.slice("data:".length));
    if (msg !== "process_completed") return;
    asked.delete(id);
    answered.add(id);
    if (answered.size > MOST_REMEMBERED) answered.delete(answered.values().next().value);
  };

  const closes = (message) => /^data:\s*\{"msg":\s*"close_stream"/.test(message);

  // Passes messages on; true when the stream was closed though something is asked.
  const pass = async (body, out) => {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      const messages = (rest + (value ?? "")).split("\n\n");
      rest = messages.pop();
      for (const message of messages) {
        note(message);
        if (closes(message) && asked.size) return true;
        out.enqueue(encoder.encode(`${message}\n\n`));
      }
      if (done) return false;
    }
  };

  const stream = async (input, init) => {
    const again = () => fetched(input instanceof Request ? input.clone() : input, init);
    const first = await again();
    if (!first.ok || !first.body) return first;
    const body = new ReadableStream({
      async start(out) {
        try {
          let answer = first;
          while (await pass(answer.body, out)) {
            answer = await again();
            if (!answer.ok) throw new Error(`The stream of answers gave ${answer.status}.`);
          }
          out.close();
        } catch (error) {
          out.error(error);
        }
      },
    });
    return new Response(body, { status: first.status, headers: first.headers });
  };

  window.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const { pathname } = new URL(address, location.href);
    if (pathname.endsWith("/queue/join")) return join(input, init);
    if (pathname.endsWith("/queue/data")) return stream(input, init);
    return fetched(input, init);
  };
})();
