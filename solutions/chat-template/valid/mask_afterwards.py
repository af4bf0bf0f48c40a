"""Ids first, with the spans of answers; labels are filled in from the spans."""


def apply_chat_template(
    messages, encode, start_id, end_id, add_generation_prompt=False
):
    wanted = ["user", "assistant"] * (len(messages) // 2 + 1)
    if messages and messages[0]["role"] == "system":
        wanted.insert(0, "system")
    for message, role in zip(messages, wanted, strict=False):
        if message["role"] != role:
            raise ValueError(f"{role} expected")

    ids, spans = [], []
    newline = encode("\n")
    for message in messages:
        ids.append(start_id)
        ids += encode(f"{message['role']}\n")
        begin = len(ids)
        ids += encode(message["content"])
        ids.append(end_id)
        if message["role"] == "assistant" and message.get("weight") != 0:
            spans.append((begin, len(ids)))
        ids += newline
    if add_generation_prompt:
        ids += [start_id, *encode("assistant\n")]
    labels = [-100 for _ in ids]
    for begin, end in spans:
        labels[begin:end] = ids[begin:end]
    return ids, labels
