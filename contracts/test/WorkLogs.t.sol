// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC7007} from "../src/interfaces/IERC7007.sol";
import {Parsed, Records} from "../src/lib/Records.sol";
import {WorkLogs} from "../src/lib/WorkLogs.sol";
import {Vm} from "./Base.sol";
import {Fixture, Work} from "./Fixture.sol";

contract Logger {
    function byLibrary(uint256 tokenId, bytes calldata record, bytes calldata proof) external {
        WorkLogs.aigcData(tokenId, Records.readFirst(record), record, proof);
    }

    function plain(uint256 tokenId, bytes32 promptHash, bytes calldata record, bytes calldata proof) external {
        emit IERC7007.AigcData(tokenId, abi.encodePacked(promptHash), record, proof);
    }
}

contract WorkLogsTest is Fixture {
    Logger private logger = new Logger();

    function testFuzzTheEventEqualsAnEmit(uint256 tokenId, string memory params, bytes memory proof) public {
        Work memory work = _work(tokenId);
        work.params = params;
        vm.recordLogs();
        logger.byLibrary(tokenId, _record(work), proof);
        logger.plain(tokenId, work.promptHash, _record(work), proof);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(abi.encode(logs[0].topics), abi.encode(logs[1].topics));
        vm.assertEq(logs[0].data, logs[1].data);
    }
}
