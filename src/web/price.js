// Pays for a form of the public: looks for a number while the form is filled in. See price.h.
"use strict";
(() => {
    const form = document.querySelector("input[name=paid]")?.form;
    if (!form) return;
    const paid = form.elements.paid, said = form.querySelector(".paying");
    const K = [], H = [];
    const root = (x, r) => ((x ** (1 / r)) % 1) * 4294967296 | 0;
    for (let n = 2; K.length < 64; n++) {
        let prime = true;
        for (let i = 2; i * i <= n; i++)
            if (n % i === 0) {
                prime = false;
                break;
            }
        if (!prime) continue;
        if (H.length < 8) H.push(root(n, 2));
        K.push(root(n, 3));
    }
    const W = new Int32Array(64);
    // One block of SHA-256, words at `at` of `block`, into `state`.
    function mix(state, block, at)
    {
        for (let i = 0; i < 16; i++) W[i] = block[at + i];
        for (let i = 16; i < 64; i++) {
            const a = W[i - 15], b = W[i - 2];
            W[i] = ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ a >>> 3) + W[i - 7] +
                       ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ b >>> 10) + W[i - 16] |
                   0;
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let i = 0; i < 64; i++) {
            const t = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) +
                          (e & f ^ ~e & g) + K[i] + W[i] |
                      0;
            const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) +
                          (a & b ^ a & c ^ b & c) |
                      0;
            h = g;
            g = f;
            f = e;
            e = d + t | 0;
            d = c;
            c = b;
            b = a;
            a = t + u | 0;
        }
        const out = [ a, b, c, d, e, f, g, h ];
        for (let i = 0; i < 8; i++) out[i] = out[i] + state[i] | 0;
        return out;
    }
    function padded(text)
    {
        const words = new Int32Array(((text.length + 8 >> 6) + 1) * 16);
        for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << 24 - i % 4 * 8;
        words[text.length >> 2] |= 128 << 24 - text.length % 4 * 8;
        words[words.length - 1] = text.length * 8;
        return words;
    }
    const head = form.elements.token.value + "." + form.elements.price.value + ".";
    const bits = parseInt(form.elements.price.value, 10);
    // What never changes is mixed once.
    const whole = head.length >> 6;
    let begun = H;
    for (let i = 0; i < whole; i++) begun = mix(begun, padded(head), i * 16);
    const rest = head.slice(whole * 64);
    function hash(answer)
    {
        const words = padded(rest + answer);
        words[words.length - 1] = (head.length + answer.length) * 8;
        let state = begun;
        for (let at = 0; at < words.length; at += 16) state = mix(state, words, at);
        return state;
    }
    let next = 0, is_running = false, is_wanted = false, button = null;
    function look()
    {
        const until = performance.now() + 25;
        while (performance.now() < until) {
            for (let i = 0; i < 50; i++) {
                const answer = (next++).toString(36), [ first ] = hash(answer);
                if (Math.clz32(first) < bits) continue;
                paid.value = answer;
                if (said) said.textContent = "";
                if (is_wanted) form.requestSubmit(button);
                return;
            }
        }
        setTimeout(look, 0);
    }
    function begin()
    {
        if (!is_running) {
            is_running = true;
            look();
        }
    }
    form.addEventListener("focusin", begin);
    form.addEventListener("input", begin);
    form.addEventListener("submit", e => {
        if (paid.value) return;
        e.preventDefault();
        is_wanted = true;
        button = e.submitter;
        if (said) said.textContent = said.dataset.said;
        begin();
    });
})();
