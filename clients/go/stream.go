package sandgate

// A Stream is a turn's events until its complete, through cuts and reconnections:
//
//	for event, err := range session.Chat(ctx, "npm test") {
//		if err != nil {
//			return err
//		}
//		…
//	}
//
// The turn begins when reading does, and goes on when reading stops: only [Session.Interrupt] stops it. An error ends
// the stream: an [*Error] if the server refuses, a [*ConnectionError] if it cannot be reached for about a minute, the
// cause of the context if that is over. Read again it is the same turn, from where it began.
type Stream func(yield func(Event, error) bool)

// Text reads to the end and answers what came out: the agent's last message or, where it says nothing itself, the
// output of its last tool. The error is a [*TurnError] if the turn failed.
func (s Stream) Text() (string, error) {
	message, output, err := s.outcome()
	if err != nil || message == nil {
		return output, err
	}
	return message.Text(), nil
}

// FinalMessage reads to the end and answers the agent's last message that has a text; nil where it says nothing itself.
// The error is a [*TurnError] if the turn failed.
func (s Stream) FinalMessage() (*Message, error) {
	message, _, err := s.outcome()
	return message, err
}

func (s Stream) outcome() (message *Message, output string, err error) {
	failure := new(TurnError)
	for event, err := range s {
		if err != nil {
			return nil, "", err
		}
		switch event := event.(type) {
		case *MessageEvent:
			if event.Message.Role == RoleAssistant && event.Message.Text() != "" {
				message = &event.Message
			}
		case *ToolResultEvent:
			output = event.Output
		case *ErrorEvent:
			failure = &TurnError{Code: event.Code, Message: event.Message, Retryable: event.Retryable}
		case *CompleteEvent:
			if event.StopReason == StopReasonError {
				return nil, "", failure
			}
		}
	}
	return message, output, nil
}
