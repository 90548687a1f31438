/* Passkeys: asks the browser for a key or a new one, and sends what it says with an ordinary form. Without this script
 * everything works with password and code. */
"use strict";
(() => {
  const isNumbers = /^[0-9.]+$|^\[/.test(location.hostname);
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential || isNumbers) {
    document.querySelectorAll("[data-no-passkey]").forEach((e) => { e.hidden = false; });
    return;
  }
  const read = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const write = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const fill = (form, name, bytes) => { form.elements[name].value = write(bytes); };

  const get = async (form) => {
    const key = await navigator.credentials.get({ publicKey: {
      challenge: read(form.elements.token.value), rpId: form.dataset.host, userVerification: "required", timeout: 120000 } });
    fill(form, "credential", key.rawId);
    fill(form, "client_data", key.response.clientDataJSON);
    fill(form, "authenticator_data", key.response.authenticatorData);
    fill(form, "signature", key.response.signature);
  };
  const create = async (form) => {
    const known = form.dataset.known.split(" ").filter(Boolean).map((k) => ({ type: "public-key", id: read(k) }));
    const key = await navigator.credentials.create({ publicKey: {
      challenge: read(form.elements.token.value),
      rp: { id: form.dataset.host, name: form.dataset.site },
      user: { id: read(form.dataset.user), name: form.dataset.account, displayName: form.dataset.name },
      pubKeyCredParams: [{ type: "public-key", alg: -8 }, { type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      excludeCredentials: known, attestation: "none", timeout: 120000 } });
    fill(form, "client_data", key.response.clientDataJSON);
    fill(form, "attestation", key.response.attestationObject);
  };

  forms.forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-failed]");
      failed.hidden = true;
      try {
        await (form.dataset.passkey === "get" ? get(form) : create(form));
        form.submit();
      } catch (why) {
        failed.hidden = false;
      }
    });
  });
})();
