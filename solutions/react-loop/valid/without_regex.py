def react(question, model, tools, max_steps=5):
    parts = ["Question: " + question]
    answer, steps, done = None, 0, False
    while steps < max_steps and not done:
        lines = []
        for line in model("\n".join(parts) + "\n").split("\n"):
            if line[:12] == "Observation:":
                break
            lines.append(line)
        reply = "\n".join(lines).strip()
        parts.append(reply)
        steps += 1
        result = "Invalid action"
        actions = [
            line for line in reply.split("\n") if line.startswith("Action:")
        ]
        if actions:
            head, bracket, tail = actions[0].partition("[")
            name = head[len("Action: ") :]
            plain = name.replace("_", "a")
            if (
                head.startswith("Action: ")
                and plain.isalnum()
                and bracket
                and tail.endswith("]")
            ):
                text = tail[:-1]
                if name == "Finish":
                    answer, done = text, True
                    continue
                tool = tools.get(name)
                if tool is None:
                    result = "Unknown tool: " + name
                else:
                    try:
                        result = tool(text)
                    except Exception as e:
                        result = "Error: " + str(e)
        parts.append("Observation: " + result)
    return answer, "\n".join(parts) + "\n"
