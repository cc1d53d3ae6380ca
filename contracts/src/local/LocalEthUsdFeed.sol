// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// A stand-in for Chainlink's ETH / USD feed on the local chain, where nobody publishes prices. It answers as AggregatorV3Interface does.
/// Anybody may set it: nothing on that chain is worth anything. It is deployed by the local launcher only.
contract LocalEthUsdFeed {
    struct Round {
        uint80 id;
        int256 answer;
        uint256 updatedAt;
        uint80 answeredInRound;
    }

    Round private _latest = Round(1, 2500e8, block.timestamp, 1);

    function decimals() external pure returns (uint8) {
        return 8;
    }

    function description() external pure returns (string memory) {
        return "ETH / USD (local stand-in)";
    }

    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        Round memory latest = _latest;
        return (latest.id, latest.answer, latest.updatedAt, latest.updatedAt, latest.answeredInRound);
    }

    function setRound(Round calldata round) external {
        _latest = round;
    }
}
