"""What a caller may say to an agent."""

from __future__ import annotations

from sandgate._generated.params import ChatOptionsParams, ChatRequestParams, UserMessageParams

#: A text is one message of the user.
ChatInput = str | list[UserMessageParams]


def chat_request(messages: ChatInput, options: ChatOptionsParams) -> ChatRequestParams:
    if isinstance(messages, str):
        messages = [{"role": "user", "content": messages}]
    return {"messages": messages, **options}
